"""A request is closed to those who are protected from its client."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0031_refusals_with_approval'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='closed_to',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list),
        ),
        # The version before this one still writes rows.
        migrations.RunSQL(
            "ALTER TABLE tickets_ticket ALTER COLUMN closed_to SET DEFAULT '{}'",
            "ALTER TABLE tickets_ticket ALTER COLUMN closed_to DROP DEFAULT",
        ),
    ]
