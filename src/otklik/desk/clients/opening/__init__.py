"""Opening lines: which of them fit a moment, and what is filled in."""
