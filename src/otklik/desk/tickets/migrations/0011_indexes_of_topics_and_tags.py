"""Requests of a topic and of a tag, found without reading the others; built while the desk works.

Most requests have neither, and have no entry in these indexes.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0010_topics_and_tags")]

    operations = [
        AddIndexConcurrently(
            "ticket",
            models.Index(fields=["topic", "-id"], name="ticket_of_topic", condition=models.Q(topic__isnull=False)),
        ),
        AddIndexConcurrently(
            "ticket", GinIndex(fields=["tags"], name="ticket_tagged", condition=models.Q(("tags", []), _negated=True))
        ),
    ]
