"""What a page of several nouns needs, in a fixed number of statements."""
