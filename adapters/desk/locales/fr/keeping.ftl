# What is kept, restricted, erased; rights and breaches (fr). Every language has the same keys; a test compares them.

