# What is kept, restricted, erased; rights and breaches (en). Every language has the same keys; a test compares them.

