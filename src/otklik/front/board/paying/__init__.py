"""Bonuses: schemes with their simulation, statements for who approves and for whom they are, disputes."""
