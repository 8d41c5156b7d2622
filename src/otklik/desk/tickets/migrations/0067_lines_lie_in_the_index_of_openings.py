"""How many of some lines came since a moment is counted in the index of moments alone: it holds the line, too.

One index takes the place of another, so that a request costs as many entries as before; built while the desk works.
"""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models

from otklik.core.journal.building import BuildIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0066_what_an_answer_begins_with")]

    operations = [
        BuildIndex(
            "ticket", models.Index(fields=["opened_at"], include=["status", "team"], name="ticket_opened_of_line")
        ),
        RemoveIndexConcurrently("ticket", "ticket_opened"),
    ]
