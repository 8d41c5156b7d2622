"""Beside the work: every page of results asks what came in a time."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("surveys", "0011_marks_of_one_questionnaire")]

    operations = [
        AddIndexConcurrently(
            model_name='outsideanswer',
            index=models.Index(fields=['at'], name='outside_at'),
        ),
    ]
