"""Texts that the desk offers or sends at one place."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0008_drafts_of_forwards'),
        ('staff', '0006_absence_and_availability'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='savedreply',
            name='purpose',
            field=models.CharField(blank=True, choices=[('boundary', 'out of our scope: offered in a refusal'), ('warning', 'abuse: the warning'), ('stop', 'abuse: we stop the talk'), ('rule', 'abuse: the public rule, for a refused request')], db_default='', default='', max_length=8, verbose_name='for what'),
        ),
        migrations.AddConstraint(
            model_name='savedreply',
            constraint=models.CheckConstraint(condition=models.Q(('owner', None), ('purpose__in', ['', 'boundary']), _connector='OR'), name='letters_of_the_desk_are_shared'),
        ),
    ]
