# The joint group: commitments, indicators, assessments (ar).
