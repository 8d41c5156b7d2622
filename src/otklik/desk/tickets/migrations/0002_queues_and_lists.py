"""Indexes of the standing views: one walk each, in the order a list shows."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a large table is built while the product works

    dependencies = [("tickets", "0001_initial")]

    operations = [
        RemoveIndexConcurrently(
            model_name="ticket",
            name="ticket_ended",
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False), ("owner", None)),
                fields=["due_at", "id"],
                name="ticket_unowned",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False), ("next_step", "keep_promise")),
                fields=["due_at", "id"],
                name="ticket_promised",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(
                    models.Q(("status__in", ("resolved", "refused", "closed")), _negated=True),
                    models.Q(("due_at", None), ("next_step", ""), _connector="OR"),
                ),
                fields=["id"],
                name="ticket_hanging",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("due_at", None)), fields=["-ended_at", "-id"], name="ticket_ended_all"
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("due_at", None)), fields=["team", "-ended_at", "-id"], name="ticket_ended"
            ),
        ),
    ]
