"""Data panels: what other programs know of a client, beside the request (docs/panels.md, decision 0127)."""
