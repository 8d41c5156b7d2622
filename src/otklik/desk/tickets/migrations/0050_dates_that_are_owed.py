"""The boards of dates walk one index of what is not kept yet and what was not kept; built while the desk works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0032_closed_to_who_is_protected")]

    operations = [
        AddIndexConcurrently(
            "promise",
            models.Index(
                fields=["until", "id"],
                include=["at", "done_at", "ticket"],
                name="promise_owed",
                condition=models.Q(
                    models.Q(("done_at", None), ("done_at__gt", models.F("until")), _connector="OR"),
                    ("moved_at", None),
                    ("taken_back_at", None),
                ),
            ),
        ),
    ]
