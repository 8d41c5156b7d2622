"""How many requests came in the last weeks is asked before something is promised: of an index, not of the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0020_indexes_of_what_points_here")]

    operations = [
        AddIndexConcurrently(
            "ticket", models.Index(fields=["opened_at"], include=["status"], name="ticket_opened")
        ),
    ]
