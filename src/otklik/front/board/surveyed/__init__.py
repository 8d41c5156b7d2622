"""What clients said in surveys, for those who lead."""
