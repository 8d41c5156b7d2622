"""One act on many tickets, so that one undo takes all of it back."""

import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial"), ("tickets", "0024_tasks_of_who_is_away")]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("owner", "given to somebody"),
                            ("line", "passed to another line"),
                            ("labels", "topic and tags"),
                            ("priority", "priority"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now)),
                ("undone_at", models.DateTimeField(null=True)),
                ("items", models.JSONField(default=list)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "act on many tickets",
                "verbose_name_plural": "acts on many tickets",
                "indexes": [models.Index(fields=["at"], name="batch_at")],
            },
        ),
    ]
