# Toestemmingen en kopieën (nl). Every language has the same keys; a test compares them.

field-permit-uses = Geeft u toestemming voor een ander gebruik van een van uw berichten?
field-permit-record = Bericht waarvoor de toestemming geldt
field-permit-purpose = Voor welk ander doel
field-permit-parties = Aan wie het mag worden doorgegeven
hint-permit-uses = Laat leeg als u niets meer toestaat dan de markeringen
hint-permit-record = Het nummer; het moet van uw eigen administratie komen
hint-permit-purpose = Alleen kiezen als u een ander doel toestaat
hint-permit-parties = Laat leeg om het doorgeven niet tot genoemde partijen te beperken
permit-court = Voor de rechter
permit-dissemination = Doorgeven aan anderen dan de ontvangers
permit-other-purpose = Voor een ander doel
permit-weaker-markings = Onder een zwakkere markering
record-permission = Gegeven toestemming
outlet-label = De kopie is bestemd voor
outlet-own-file = een dossier van onze administratie
outlet-clients = de diensten waarvoor wij werken
outlet-community = andere administraties van het vakgebied
outlet-court = een rechtbank
outlet-public = het publiek
