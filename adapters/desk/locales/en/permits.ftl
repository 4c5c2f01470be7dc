# Permissions and copies (en). Every language has the same keys; a test compares them.

field-permit-uses = Do you permit another use of one of your records?
field-permit-record = Record that you permit it for
field-permit-purpose = For which other purpose
field-permit-parties = To whom it may be passed on
hint-permit-uses = Leave empty if you permit no more than its markings do
hint-permit-record = Its number; it must come from your own administration
hint-permit-purpose = Choose only if you permit another purpose
hint-permit-parties = Leave empty to not limit passing on to named parties
permit-court = In court
permit-dissemination = Passing on to others than its recipients
permit-other-purpose = For another purpose
permit-weaker-markings = Under a weaker marking
record-permission = Permission given
outlet-label = The copy goes to
outlet-own-file = a file of our administration
outlet-clients = services that we work for
outlet-community = other administrations of the field
outlet-court = a court
outlet-public = the public
