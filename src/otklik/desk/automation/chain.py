"""What led to a piece of news: the rules that stand between it and the act that all of it began with."""

from dataclasses import dataclass

from django.db import connection

DEEPEST = 3
"""So many rules may follow from one another."""
FARTHEST = 60

ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, cause_id, kind, data, 1 AS step FROM journal_entry WHERE id = %s
    UNION ALL
    SELECT e.id, e.cause_id, e.kind, e.data, a.step + 1
    FROM journal_entry e JOIN above a ON e.id = a.cause_id WHERE a.step < %s)
SELECT (data->>'rule_id')::bigint, COALESCE(cause_id, id) FROM above WHERE kind = 'automation.RuleFired' ORDER BY step
"""


@dataclass(frozen=True)
class Chain:
    """Rules that ran before this entry could come, the nearest first, and the entry that no rule is behind.

    A rule runs once for each such beginning, so rules that answer each other end.
    """

    rules: tuple[int, ...]
    beginning: int

    def may_go_on(self, rule_id: int) -> bool:
        return rule_id not in self.rules and len(self.rules) < DEEPEST


def chain_of(entry_id: int) -> Chain:
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [entry_id, FARTHEST])
        found = cursor.fetchall()
    return Chain(tuple(rule for rule, _cause in found), found[-1][1] if found else entry_id)
