# What is kept, restricted, erased; rights and breaches (ar). Every language has the same keys; a test compares them.

