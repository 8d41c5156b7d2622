from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the index is built while the desk works

    dependencies = [
        ('calls', '0005_calls_of_notes'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='call',
            index=models.Index(condition=models.Q(('number', ''), _negated=True), fields=['number', 'begun_at'], name='call_of_number'),
        ),
    ]
