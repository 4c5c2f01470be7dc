# Partners, access policies, alarms, tokens, statistics (ar). Every language has the same keys; a test compares them.

