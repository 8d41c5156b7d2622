"""What people and lines have, and whose turn it is, is counted in an index alone; built while the desk works.

The wider ones are there before those that they stand in for go, so no list is slow meanwhile.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

OURS = ("status__in", ("new", "open"))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0033_dates_that_are_owed")]

    operations = [
        AddIndexConcurrently(
            "ticket",
            models.Index(
                fields=["owner", "due_at"],
                include=["channel_kind"],
                name="ticket_own_load",
                condition=models.Q(OURS, ("owner__isnull", False)),
            ),
        ),
        AddIndexConcurrently(
            "ticket",
            models.Index(
                fields=["team", "due_at", "id"],
                include=["next_step", "opened_at", "due_from", "class_rank", "priority", "channel_kind"],
                name="ticket_unowned_turn",
                condition=models.Q(OURS, ("owner", None)),
            ),
        ),
        AddIndexConcurrently(
            "ticket",
            models.Index(
                fields=["team", "due_at", "id"],
                include=["owner", "next_step", "channel_kind", "waiting_since"],
                name="ticket_line_moves",
                condition=models.Q(OURS),
            ),
        ),
        AddIndexConcurrently(
            "ticket",
            models.Index(
                fields=["team", "status", "due_at", "id"],
                include=["owner", "waits_for"],
                name="ticket_line_asleep",
                condition=models.Q(("status__in", ("pending_client", "scheduled"))),
            ),
        ),
        RemoveIndexConcurrently("ticket", "ticket_line_ours"),
        RemoveIndexConcurrently("ticket", "ticket_line_waits"),
        RemoveIndexConcurrently("ticket", "ticket_unowned_ours"),
    ]
