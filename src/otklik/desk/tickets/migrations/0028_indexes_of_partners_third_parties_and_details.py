"""What few tickets have is found without reading the others; built while the desk works.

Most tickets wait for no third party, are worked on by one person and have no form, and have no entry in these indexes.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0027_partners")]

    operations = [
        AddIndexConcurrently(
            "ticket",
            GinIndex(fields=["works_with"], name="ticket_joint", condition=models.Q(("works_with", []), _negated=True)),
        ),
        AddIndexConcurrently(
            "ticket",
            models.Index(
                fields=["due_at", "id"],
                include=["team", "owner"],
                name="ticket_third",
                condition=models.Q(("status", "scheduled"), models.Q(("waits_for", ""), _negated=True)),
            ),
        ),
        AddIndexConcurrently(
            "ticket",
            GinIndex(
                fields=["details"],
                name="ticket_details",
                opclasses=["jsonb_path_ops"],
                condition=models.Q(("details", {}), _negated=True),
            ),
        ),
    ]
