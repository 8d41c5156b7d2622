"""A promise is warned of and found broken by the scheduler; what was moved says from where and why.

Those that stand get their end as the next mark, so that what has passed is told of once.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("tickets", "0017_reminders"),
    ]

    operations = [
        migrations.AddField("promise", "moved_from", models.DateTimeField(null=True, verbose_name="moved from")),
        migrations.AddField(
            "promise",
            "why",
            models.CharField(blank=True, default="", max_length=300, verbose_name="why it was moved"),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "ALTER TABLE tickets_promise ALTER COLUMN why SET DEFAULT ''",
            "ALTER TABLE tickets_promise ALTER COLUMN why DROP DEFAULT",
        ),
        migrations.AddField("promise", "agreed", models.BooleanField(null=True, verbose_name="the client agreed")),
        migrations.AddField("promise", "broken_at", models.DateTimeField(null=True, verbose_name="found broken")),
        migrations.AddField("promise", "next_mark", models.DateTimeField(editable=False, null=True)),
        migrations.RunSQL(
            "UPDATE tickets_promise SET next_mark = until"
            " WHERE done_at IS NULL AND moved_at IS NULL AND taken_back_at IS NULL",
            migrations.RunSQL.noop,
        ),
        AddIndexConcurrently(
            "promise",
            models.Index(
                fields=["next_mark"],
                name="promise_mark",
                condition=models.Q(done_at=None, moved_at=None, taken_back_at=None, next_mark__isnull=False),
            ),
        ),
        AddIndexConcurrently(
            "promise",
            models.Index(fields=["broken_at"], name="promise_broken", condition=models.Q(broken_at__isnull=False)),
        ),
    ]
