# Backups and recovery (en). Every language has the same keys; a test compares them.

backups = Backups and recovery
backups-lead = An administrator makes backups on the command line; content never leaves through this page. The register says when one was made or restored.
backups-last = Last backup
backups-none = No backup was made yet.
backups-due = A new backup is due.
backups-every =
    { $n ->
        [one] A backup is due after { $n } day.
       *[other] A backup is due after { $n } days.
    }
backups-how = How to make, check and restore one
backups-how-text = Everything is in one file, sealed under a key of its own. Keep the key file apart from the backup, and the keyring’s key apart from both. Make a new backup after every change of keys.
backups-restored = Restored
backups-restored-at = Restored on
backups-restored-made = From the backup of
backups-never-restored = This node was not restored from a backup.
backups-recovery = Recovery, for each agreement and partner
backups-recovery-text = Nothing is released under an agreement until every partner has said what it holds, and everything we signed has come back.
backups-col-channel = Agreement
backups-col-partner = Partner
backups-col-state = State
backups-col-since = Since
backups-col-held = Entries held by the partner
backups-col-regained = Came back
backups-col-bare = Without content
backups-state-awaited = The partner has not said yet what it holds
backups-state-behind = Behind: the partner holds more
backups-state-settled = Recovered
backups-state-forked = Two histories are signed: go on under a new agreement
