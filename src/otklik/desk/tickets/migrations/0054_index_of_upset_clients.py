"""Requests of upset clients are few and found among all of them; built while the desk works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0053_upset_since")]

    operations = [
        AddIndexConcurrently(
            "ticket",
            models.Index(
                fields=["due_at", "id"], name="ticket_upset", condition=models.Q(("upset_since__isnull", False))
            ),
        ),
    ]
