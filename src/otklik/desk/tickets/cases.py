"""Requests of theirs for which nobody is asked how content they are meanwhile (METRICS S12)."""

from otklik.desk.clients import cases

_OPEN = """t.contact_id = c.id AND t.merged_into_id IS NULL AND t.status NOT IN ('resolved', 'refused', 'closed')
        AND t.id IS DISTINCT FROM %(about)s"""
ESCALATED = f"""
EXISTS (SELECT FROM tickets_ticket t JOIN staff_team l ON l.id = t.team_id
    WHERE {_OPEN} AND l.level > (SELECT min(level) FROM staff_team WHERE is_active))
"""  # noqa: S608
"""It stands with a line above the first ones."""
UNANSWERED = f"""
EXISTS (SELECT FROM tickets_ticket t WHERE {_OPEN} AND t.waiting_since IS NOT NULL)
"""
"""They have written, and nobody has answered yet."""


def tell_policy() -> None:
    cases.add("escalated", ESCALATED)
    cases.add("unanswered", UNANSWERED)
