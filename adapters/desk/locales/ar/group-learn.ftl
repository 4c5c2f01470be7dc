# The joint group: expertise, prevention, programmes (ar).
