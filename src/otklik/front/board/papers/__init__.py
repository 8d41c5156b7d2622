"""The pages of this room on paper: the same figures, notes, charts and tables, as a PDF to take away."""
