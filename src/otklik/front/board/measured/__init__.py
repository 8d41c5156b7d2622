"""Every metric on a page of its own: its definition, its figure from each side, and the requests behind it."""
