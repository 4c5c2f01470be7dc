# The joint group: expertise, prevention, programmes (en).
