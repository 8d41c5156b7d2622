"""Letters that became no message are found by their sender, received ones by spans of time."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("channels", "0009_fate_of_each_recipient")]

    operations = [
        AddIndexConcurrently(
            model_name="inbound",
            index=models.Index(
                Upper("envelope_from"),
                name="inbound_apart",
                condition=~models.Q(outcome__in=("opened", "appended")),
            ),
        ),
        AddIndexConcurrently(
            model_name="inbound",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["received_at"], name="inbound_received", autosummarize=True, pages_per_range=16
            ),
        ),
    ]
