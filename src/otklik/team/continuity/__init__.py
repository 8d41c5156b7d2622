"""What the department does when something it stands on breaks, and whether that was tried (METRICS G7)."""
