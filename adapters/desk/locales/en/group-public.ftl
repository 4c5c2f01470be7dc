# The joint group: consultations, communiqués, the public site (en).
