# Partners, access policies, alarms, tokens, statistics (fr). Every language has the same keys; a test compares them.

