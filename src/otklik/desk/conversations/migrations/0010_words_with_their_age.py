"""The index of words also knows how old a letter is, so that the newest are asked alone; built while the desk works."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("conversations", "0009_purpose_of_a_saved_reply")]

    operations = [
        AddIndexConcurrently(
            "message",
            GinIndex(models.F("search"), models.F("id").bitrightshift(10), name="message_said"),
        ),
        RemoveIndexConcurrently("message", "message_search"),
    ]
