"""A line may want to be asked before one answers in somebody else's request."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0060_sweeps'),
    ]

    operations = [
        migrations.AddField(
            model_name='habits',
            name='asks_owner',
            field=models.BooleanField(db_default=False, default=False, verbose_name='ask before one answers for another'),
        ),
    ]
