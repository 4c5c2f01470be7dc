# Permissions et sorties (fr). Every language has the same keys; a test compares them.

field-permit-uses = Autorisez-vous un autre usage d’un de vos enregistrements ?
field-permit-record = Enregistrement que vous autorisez
field-permit-purpose = Pour quelle autre finalité
field-permit-parties = À qui il peut être communiqué
hint-permit-uses = Laissez vide si vous n’autorisez rien de plus que ses marquages
hint-permit-record = Son numéro ; il doit venir de votre administration
hint-permit-purpose = À choisir seulement si vous autorisez une autre finalité
hint-permit-parties = Laissez vide pour ne pas limiter la diffusion à des parties nommées
permit-court = En justice
permit-dissemination = Communication à d’autres que ses destinataires
permit-other-purpose = Pour une autre finalité
permit-weaker-markings = Sous un marquage plus faible
record-permission = Autorisation donnée
outlet-label = La copie est destinée
outlet-own-file = à un dossier de notre administration
outlet-clients = aux services pour lesquels nous travaillons
outlet-community = à d’autres administrations du domaine
outlet-court = à un tribunal
outlet-public = au public
