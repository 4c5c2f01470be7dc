# The joint group: commitments, indicators, assessments (nl).
