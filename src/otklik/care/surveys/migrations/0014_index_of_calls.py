"""Beside the work: the table grows with every question."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("surveys", "0013_asked_by_phone")]

    operations = [
        AddIndexConcurrently(
            model_name='invitation',
            index=models.Index(condition=models.Q(('ring_at__isnull', False)), fields=['ring_at'], name='invitation_to_ring'),
        ),
    ]
