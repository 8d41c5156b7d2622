"""What a job may cost at 100,000 tickets: CPU ms of the product and its database together, for each request."""

BUDGETS: dict[str, float] = {
    "queue page": 8,
    "ticket page": 10,
    "reply": 10,
    "intake": 12,
    **{f"search, {kind}": 100 for kind in ("common", "medium", "rare", "inflected", "two words", "identifier")},
}

GATES: dict[str, dict[str, float]] = {"queue page": {"db_ratio": 10}, "intake": {"ratio": 20}}
"""How many times the CPU of the backend that runs the same job as bare SQL: `db_ratio` of our database alone,
`ratio` of everything.  They are shown, not enforced: the bare statement of a job is a choice."""

MEMORY: dict[str, float] = {"idle": 350, "200 streams": 60}
"""MB: all processes and the database at rest; what two hundred open pages add."""

EVENT_MS = 300
"""p95 from the press of a button to the news in another browser."""
