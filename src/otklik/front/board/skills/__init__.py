"""The skills matrix: who can do what, what each line needs, who would be missed (METRICS P5)."""
