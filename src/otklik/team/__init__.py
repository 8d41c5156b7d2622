"""How the department lives."""
