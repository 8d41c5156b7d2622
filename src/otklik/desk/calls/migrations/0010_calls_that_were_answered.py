"""Beside the work: who talked when is asked of a span of time."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("calls", "0009_calls_of_a_caller")]

    operations = [
        AddIndexConcurrently(
            model_name='call',
            index=models.Index(
                condition=models.Q(('answered_at__isnull', False)), fields=['answered_at'], name='call_answered'
            ),
        ),
    ]
