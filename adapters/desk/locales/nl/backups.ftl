# Backups and recovery (nl). Every language has the same keys; a test compares them.

