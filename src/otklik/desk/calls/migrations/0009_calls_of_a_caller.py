from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the index is built while the desk works

    dependencies = [
        ('calls', '0008_callers'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='call',
            index=models.Index(condition=models.Q(('caller__isnull', False)), fields=['caller', 'begun_at'], name='call_of_caller'),
        ),
    ]
