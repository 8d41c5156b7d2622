"""Sub-tasks and checklists."""

import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


def person(words: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=words,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial"), ("tickets", "0013_ties")]

    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="what is to be done")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("position", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name="when")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done")),
                ("by", person("by")),
                ("done_by", person("done by", null=True)),
                ("executor", person("who does it", null=True, blank=True)),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "ordering": ("position", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("done_by", None))
                        | models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                        name="what_is_done_was_done_by_somebody",
                    )
                ],
                "indexes": [
                    models.Index(fields=["ticket", "due_at"], name="task_open", condition=models.Q(("done_at", None))),
                    models.Index(
                        fields=["executor", "due_at"],
                        name="task_of_executor",
                        condition=models.Q(("done_at", None), ("executor__isnull", False)),
                    ),
                ],
            },
        ),
    ]
