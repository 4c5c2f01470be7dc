# Partners, access policies, alarms, tokens, statistics (en). Every language has the same keys; a test compares them.

