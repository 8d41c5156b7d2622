"""What happened in a span of time is found without reading the whole journal."""

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("journal", "0005_notices")]

    operations = [
        AddIndexConcurrently(
            "entry", BrinIndex(fields=["at"], name="entry_at", autosummarize=True, pages_per_range=16)
        ),
    ]
