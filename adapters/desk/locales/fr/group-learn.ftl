# The joint group: expertise, prevention, programmes (fr).
