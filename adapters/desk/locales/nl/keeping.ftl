# What is kept, restricted, erased; rights and breaches (nl). Every language has the same keys; a test compares them.

