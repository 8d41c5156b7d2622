"""Whether a version can be kept is asked of the newest commitments of each kind: of an index, not of the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("sla", "0002_clocks_of_open_tickets")]

    operations = [
        AddIndexConcurrently(
            "clock",
            models.Index(
                fields=["kind", "-started_at"], name="clock_newest", condition=models.Q(dropped_at=None)
            ),
        ),
    ]
