"""The class that covers a ticket, its priority, and when we last wrote to the client.

All columns are added without a rewrite of the table; who was last informed is filled in for open tickets alone, from
letters of people.
"""

from django.db import migrations, models

INFORMED = """
UPDATE tickets_ticket t SET informed_at = said.at
FROM (
    SELECT m.conversation_id, max(m.at) AS at FROM conversations_message m
    WHERE m.direction = 'out' AND m.automatic = '' AND m.author_id IS NOT NULL AND m.taken_back_at IS NULL
    AND m.conversation_id IN (SELECT conversation_id FROM tickets_ticket WHERE due_at IS NOT NULL)
    GROUP BY m.conversation_id
) said
WHERE said.conversation_id = t.conversation_id AND t.due_at IS NOT NULL AND t.first_answer_at IS NOT NULL
"""

# For writers that do not know the columns: the version before during an upgrade, bulk loads.
USUAL = """
ALTER TABLE tickets_ticket
    ALTER COLUMN priority SET DEFAULT 2, ALTER COLUMN class_name SET DEFAULT '', ALTER COLUMN class_rank SET DEFAULT 100
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0008_drafts_of_forwards"),
        ("tickets", "0008_participants"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="priority",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "low"), (2, "normal"), (3, "high"), (4, "urgent")], default=2, verbose_name="priority"
            ),
        ),
        migrations.AddField(
            model_name="ticket", name="class_version", field=models.BigIntegerField(editable=False, null=True)
        ),
        migrations.AddField(
            model_name="ticket",
            name="class_name",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="service class"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="ticket", name="class_rank", field=models.PositiveSmallIntegerField(default=100)
        ),
        migrations.AddField(
            model_name="ticket",
            name="informed_at",
            field=models.DateTimeField(null=True, verbose_name="last answer"),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="next_step",
            field=models.CharField(
                blank=True,
                choices=[
                    ("answer", "answer the client"),
                    ("keep_promise", "keep the promise"),
                    ("remind", "remind the client"),
                    ("continue", "continue"),
                    ("update", "tell the client how it goes"),
                    ("solve", "solve the request"),
                ],
                max_length=16,
                verbose_name="next step",
            ),
        ),
        migrations.RunSQL(INFORMED, migrations.RunSQL.noop),
        migrations.RunSQL(USUAL, migrations.RunSQL.noop),
    ]
