"""The door to the figures: where the department stands, per line, and the tickets behind every number."""
