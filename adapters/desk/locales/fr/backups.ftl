# Backups and recovery (fr). Every language has the same keys; a test compares them.

backups = Sauvegardes et reprise
backups-lead = L’administrateur fait les sauvegardes en ligne de commande ; aucun contenu ne sort par cette page. Le registre indique quand une sauvegarde a été faite ou restaurée.
backups-last = Dernière sauvegarde
backups-none = Aucune sauvegarde n’a encore été faite.
backups-due = Une nouvelle sauvegarde est à faire.
backups-every =
    { $n ->
        [one] Une sauvegarde est à faire au bout de { $n } jour.
       *[other] Une sauvegarde est à faire au bout de { $n } jours.
    }
backups-how = Faire, vérifier et restaurer une sauvegarde
backups-how-text = Tout tient dans un seul fichier, scellé sous une clé qui lui est propre. Conservez le fichier de clé à l’écart de la sauvegarde, et la clé du trousseau à l’écart des deux. Faites une nouvelle sauvegarde après chaque changement de clés.
backups-restored = Restauration
backups-restored-at = Restauré le
backups-restored-made = À partir de la sauvegarde du
backups-never-restored = Ce nœud n’a pas été restauré à partir d’une sauvegarde.
backups-recovery = Reprise, par accord et par partenaire
backups-recovery-text = Rien n’est transmis au titre d’un accord tant que chaque partenaire n’a pas dit ce qu’il détient et que tout ce que nous avons signé n’est pas revenu.
backups-col-channel = Accord
backups-col-partner = Partenaire
backups-col-state = État
backups-col-since = Depuis
backups-col-held = Entrées détenues par le partenaire
backups-col-regained = Revenues
backups-col-bare = Sans contenu
backups-state-awaited = Le partenaire n’a pas encore dit ce qu’il détient
backups-state-behind = En retard : le partenaire en détient davantage
backups-state-settled = Repris
backups-state-forked = Deux historiques sont signés : poursuivre sous un nouvel accord
