"""What hangs is found in one index: past its moment, past the time in the queue, or past the silence it may keep.

The indexes are built while people work.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Least

import otklik.core.journal.clock


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("tickets", "0014_tasks"),
    ]

    operations = [
        migrations.AddField(
            "ticket", "take_by", models.DateTimeField(null=True, verbose_name="needs an owner by")
        ),
        migrations.AddField(
            "ticket", "inform_by", models.DateTimeField(null=True, verbose_name="the client hears from us by")
        ),
        migrations.CreateModel(
            name="SelfCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(default=otklik.core.journal.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("tickets", models.PositiveIntegerField(default=0, verbose_name="tickets looked at")),
                ("open", models.PositiveIntegerField(default=0, verbose_name="of them open")),
                ("hanging", models.PositiveIntegerField(default=0, verbose_name="hanging")),
                ("found", models.PositiveIntegerField(default=0, verbose_name="faults")),
                ("faults", models.JSONField(default=list)),
            ],
            options={"verbose_name": "self-check", "verbose_name_plural": "self-checks"},
        ),
        migrations.RunSQL(
            "UPDATE tickets_ticket SET take_by = due_at WHERE due_at IS NOT NULL AND owner_id IS NULL",
            migrations.RunSQL.noop,
        ),
        AddIndexConcurrently(
            "ticket",
            models.Index(
                Least("due_at", "inform_by", "take_by"),
                "id",
                name="ticket_hangs",
                condition=models.Q(due_at__isnull=False),
            ),
        ),
        AddIndexConcurrently(
            "ticket",
            models.Index(fields=["inform_by"], name="ticket_inform", condition=models.Q(inform_by__isnull=False)),
        ),
    ]
