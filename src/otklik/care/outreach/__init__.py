"""What is ahead of clients, and that they are written to before it comes."""
