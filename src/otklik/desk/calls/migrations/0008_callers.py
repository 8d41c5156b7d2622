from django.db import migrations, models

# Erased before, a number is "…" on each call: these stay one caller to the figures, as they were.
MARK = """
CREATE TEMPORARY TABLE caller ON COMMIT DROP AS
SELECT number, gen_random_uuid() AS mark FROM calls_call WHERE number <> '' GROUP BY number;
UPDATE calls_call c SET caller = caller.mark FROM caller WHERE caller.number = c.number;
UPDATE calls_callback c SET caller = caller.mark FROM caller WHERE caller.number = c.number;
"""


class Migration(migrations.Migration):
    dependencies = [
        ('calls', '0007_calls_of_requests_joined_before'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='caller',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='callback',
            name='caller',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
    ]
