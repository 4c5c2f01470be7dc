# The joint group: commitments, indicators, assessments (fr).
