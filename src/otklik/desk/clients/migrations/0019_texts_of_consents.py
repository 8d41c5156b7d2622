"""What a client agreed to in words, with a version that is never missing."""

from django.db import migrations, models

NAMED = """
UPDATE clients_consent SET version = 'unknown' WHERE version = '' AND (given OR by_id IS NULL);
UPDATE clients_consent SET text = 'not kept' WHERE text = '' AND by_id IS NULL;
"""
"""Of words that were given before texts were kept."""


class Migration(migrations.Migration):
    dependencies = [("clients", "0018_restricted_organisations")]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="text",
            field=models.TextField(
                blank=True, db_default="", default="", max_length=4000, verbose_name="the words they read"
            ),
        ),
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(given=False) | ~models.Q(version=""),
                name="consent_names_its_text",
                violation_error_message="Say to which version of the text they agreed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(by__isnull=False) | (~models.Q(version="") & ~models.Q(text="")),
                name="own_consent_keeps_its_text",
            ),
        ),
    ]
