"""Reviews look for low marks by the hour: beside the work, the table grows with every answer."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("surveys", "0018_what_came_of_a_talk")]

    operations = [
        AddIndexConcurrently(
            model_name='answer',
            index=models.Index(condition=models.Q(('value__lte', 2)), fields=['at'], name='answer_low'),
        ),
    ]
