"""How often a silent client was reminded.

The database has a default too: while a new version starts, the one before it still writes rows.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0016_the_way_back"),
    ]

    operations = [
        migrations.AddField(
            "ticket",
            "reminded",
            models.PositiveSmallIntegerField(default=0, verbose_name="times reminded of our question"),
        ),
        migrations.RunSQL(
            "ALTER TABLE tickets_ticket ALTER COLUMN reminded SET DEFAULT 0",
            "ALTER TABLE tickets_ticket ALTER COLUMN reminded DROP DEFAULT",
        ),
        migrations.AlterField(
            "ticket",
            "next_step",
            models.CharField(
                blank=True,
                choices=[
                    ("answer", "answer the client"),
                    ("keep_promise", "keep the promise"),
                    ("remind", "remind the client"),
                    ("continue", "continue"),
                    ("close", "close if the client stays silent"),
                    ("update", "tell the client how it goes"),
                    ("solve", "solve the request"),
                ],
                max_length=16,
                verbose_name="next step",
            ),
        ),
    ]
