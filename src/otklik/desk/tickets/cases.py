"""An escalated request that is open: nobody is asked how content they are meanwhile (METRICS S12)."""

from otklik.desk.clients import cases

ESCALATED = """
EXISTS (SELECT FROM tickets_ticket t JOIN staff_team l ON l.id = t.team_id
    WHERE t.contact_id = c.id AND t.merged_into_id IS NULL AND t.status NOT IN ('resolved', 'refused', 'closed')
        AND t.id IS DISTINCT FROM %(about)s AND l.level > (SELECT min(level) FROM staff_team WHERE is_active))
"""
"""It stands with a line above the first ones."""


def tell_policy() -> None:
    cases.add("escalated", ESCALATED)
