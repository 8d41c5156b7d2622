"""Reviews look for low marks by the hour: beside the work, the table grows with every answer."""

from django.db import migrations, models

from otklik.core.journal.building import BuildIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("surveys", "0018_what_came_of_a_talk")]

    operations = [
        BuildIndex(
            model_name='answer',
            index=models.Index(condition=models.Q(('value__lte', 2)), fields=['at'], name='answer_low'),
        ),
    ]
