from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the index is built while the desk works

    dependencies = [
        ('knowledge', '0003_links_are_looked_at'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='articleuse',
            index=models.Index(condition=models.Q(('how__in', ('linked', 'pasted'))), fields=['at'], name='article_put_in_when'),
        ),
    ]
