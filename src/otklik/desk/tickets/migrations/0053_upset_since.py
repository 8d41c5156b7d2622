"""A request says since when its client is upset; a column without a default, so no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0052_acts_that_turn_back"),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='upset_since',
            field=models.DateTimeField(editable=False, null=True, verbose_name='the client is upset since'),
        ),
    ]
