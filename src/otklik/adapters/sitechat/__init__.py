"""Online chat: a window on sites of the company, live, that goes on by mail (docs/decisions/0073)."""
