# Backups and recovery (en). Every language has the same keys; a test compares them.

