"""A task that somebody does for who is away returns to them: because of which absence it is with another one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0006_absence_and_availability"), ("tickets", "0023_until_when_we_wait")]

    operations = [
        migrations.AddField(
            "task",
            "absence",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.absence",
            ),
        ),
        migrations.AddIndex(
            "task", models.Index(fields=["absence"], name="task_lent", condition=models.Q(absence__isnull=False))
        ),
    ]
