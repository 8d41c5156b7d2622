"""Pages of the knowledge base for colleagues, and its door in the composer."""
