# Partners, access policies, alarms, tokens, statistics (nl). Every language has the same keys; a test compares them.

