# The joint group: meetings, minutes, readings of communiqués (fr).
