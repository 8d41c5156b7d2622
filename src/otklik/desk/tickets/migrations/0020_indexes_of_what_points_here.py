"""Whoever deletes a ticket (erasure, retention) makes the database ask which others point to it: without an index it
reads the whole table for each.  Hardly any ticket points to another, so both indexes stay tiny.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0019_third_parties")]

    operations = [
        AddIndexConcurrently(
            "ticket",
            models.Index(fields=["merged_into"], name="ticket_joined", condition=models.Q(merged_into__isnull=False)),
        ),
        AddIndexConcurrently(
            "ticket",
            models.Index(
                fields=["may_belong_to"], name="ticket_may_belong", condition=models.Q(may_belong_to__isnull=False)
            ),
        ),
    ]
