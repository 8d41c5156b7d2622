"""Who was merged into somebody; built while the desk works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("clients", "0010_merging")]

    operations = [
        AddIndexConcurrently(
            "contact",
            models.Index(
                fields=["merged_into"], name="contact_merged", condition=models.Q(merged_into__isnull=False)
            ),
        ),
    ]
