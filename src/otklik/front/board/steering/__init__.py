"""Where the department goes: goals, the plan of a quarter, looks back, plans for bad days."""
