"""For whom a request waits; the database has a default too, since the version before this one still writes rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0018_marks_of_a_promise"),
    ]

    operations = [
        migrations.AddField(
            "ticket",
            "waits_for",
            models.CharField(blank=True, default="", max_length=120, verbose_name="third party for whom we wait"),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "ALTER TABLE tickets_ticket ALTER COLUMN waits_for SET DEFAULT ''",
            "ALTER TABLE tickets_ticket ALTER COLUMN waits_for DROP DEFAULT",
        ),
    ]
