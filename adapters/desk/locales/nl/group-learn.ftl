# The joint group: expertise, prevention, programmes (nl).
