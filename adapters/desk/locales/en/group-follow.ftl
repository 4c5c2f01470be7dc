# The joint group: commitments, indicators, assessments (en).
