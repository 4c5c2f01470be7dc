# Backups and recovery (nl). Every language has the same keys; a test compares them.

backups = Back-ups en herstel
backups-lead = De beheerder maakt back-ups op de opdrachtregel; via deze pagina verlaat geen inhoud het knooppunt. Het register vermeldt wanneer een back-up is gemaakt of teruggezet.
backups-last = Laatste back-up
backups-none = Er is nog geen back-up gemaakt.
backups-due = Er is een nieuwe back-up nodig.
backups-every =
    { $n ->
        [one] Na { $n } dag is een back-up nodig.
       *[other] Na { $n } dagen is een back-up nodig.
    }
backups-how = Een back-up maken, controleren en terugzetten
backups-how-text = Alles staat in één bestand, verzegeld met een eigen sleutel. Bewaar het sleutelbestand gescheiden van de back-up, en de sleutel van de sleutelbos gescheiden van beide. Maak na elke wijziging van sleutels een nieuwe back-up.
backups-restored = Teruggezet
backups-restored-at = Teruggezet op
backups-restored-made = Uit de back-up van
backups-never-restored = Dit knooppunt is niet uit een back-up teruggezet.
backups-recovery = Herstel, per overeenkomst en partner
backups-recovery-text = Onder een overeenkomst wordt niets vrijgegeven voordat elke partner heeft gezegd wat hij bezit en alles wat wij ondertekenden terug is.
backups-col-channel = Overeenkomst
backups-col-partner = Partner
backups-col-state = Stand
backups-col-since = Sinds
backups-col-held = Items bij de partner
backups-col-regained = Teruggekomen
backups-col-bare = Zonder inhoud
backups-state-awaited = De partner heeft nog niet gezegd wat hij bezit
backups-state-behind = Achter: de partner bezit meer
backups-state-settled = Hersteld
backups-state-forked = Er zijn twee geschiedenissen ondertekend: ga verder onder een nieuwe overeenkomst
