"""The list of calls is read from the indexes of its parts, and calls of which nothing came are found at once."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("calls", "0001_initial")]

    operations = [
        AddIndexConcurrently(
            model_name="call",
            index=models.Index(fields=["team", "-id"], name="call_of_line"),
        ),
        AddIndexConcurrently(
            model_name="call",
            index=models.Index(fields=["holder", "-id"], name="call_of_holder"),
        ),
        AddIndexConcurrently(
            model_name="call",
            index=models.Index(
                fields=["id"],
                name="call_forgotten",
                condition=models.Q(
                    ("answered_at", None), ("ended_at__isnull", False), ("outward", False), ("ticket", None)
                ),
            ),
        ),
        AddIndexConcurrently(
            model_name="call",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["beside"], name="call_joined", condition=models.Q(("beside", []), _negated=True)
            ),
        ),
    ]
