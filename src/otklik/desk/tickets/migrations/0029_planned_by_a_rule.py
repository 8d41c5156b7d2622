"""A rule plans tasks, too."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A version of before knows people alone: what no person did is an administrator's there.
SOMEBODY = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE tickets_task SET by_id = (SELECT id FROM staff_user ORDER BY (role <> 'admin'), id LIMIT 1) WHERE by_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0028_indexes_of_partners_third_parties_and_details"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, SOMEBODY),
        migrations.AlterField(
            model_name="task",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
    ]
