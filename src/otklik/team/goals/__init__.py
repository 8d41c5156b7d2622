"""Why the department does what it does: goals from the vision to a person, the plan, what was learnt (METRICS G)."""
