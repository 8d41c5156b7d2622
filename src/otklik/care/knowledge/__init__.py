"""What the desk knows: articles for colleagues and for clients, written and mended in the course of requests."""
