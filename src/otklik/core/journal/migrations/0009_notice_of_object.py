"""Notices are found by what they are about: erasure and merging ask for them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # built while people are told of things
    dependencies = [("journal", "0008_notice_hushed")]

    operations = [
        AddIndexConcurrently(
            model_name="notice",
            index=models.Index(
                fields=["about_id"], name="notice_of_object", condition=models.Q(about_id__isnull=False)
            ),
        ),
    ]
