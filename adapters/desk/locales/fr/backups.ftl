# Backups and recovery (fr). Every language has the same keys; a test compares them.

