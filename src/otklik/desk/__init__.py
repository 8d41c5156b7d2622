"""The path of a message: channels and clients, conversations, tickets."""
