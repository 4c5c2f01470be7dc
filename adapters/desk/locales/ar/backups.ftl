# Backups and recovery (ar). Every language has the same keys; a test compares them.

