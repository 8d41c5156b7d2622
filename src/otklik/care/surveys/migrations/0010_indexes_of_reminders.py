"""Beside the work: the table grows with every question."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("surveys", "0009_reminders_exits_and_sites")]

    operations = [
        AddIndexConcurrently(
            model_name='invitation',
            index=models.Index(condition=models.Q(('remind_at__isnull', False)), fields=['remind_at'], name='invitation_to_remind'),
        ),
        AddIndexConcurrently(
            model_name='invitation',
            index=models.Index(condition=models.Q(('digest_again__isnull', False)), fields=['digest_again'], name='invitation_again'),
        ),
    ]
