"""Calls of one number have a mark in common; what the version before writes meanwhile has none and counts all the same.

Erased before, a number is "…" on each call: these stay one caller to the figures, as they were.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models, transaction

BATCH = 1000
NUMBERS = """
SELECT DISTINCT number FROM calls_call
WHERE number <> '' AND caller IS NULL AND number > %s ORDER BY number LIMIT %s
"""
MARK = """
WITH marked AS MATERIALIZED (
    SELECT number, COALESCE(
        (SELECT k.caller FROM calls_call k WHERE k.number = asked.number AND k.number <> '' AND k.caller IS NOT NULL
         ORDER BY k.begun_at DESC LIMIT 1),
        gen_random_uuid()
    ) AS mark
    FROM unnest(%s::text[]) AS asked (number)
), owed AS (
    UPDATE calls_callback c SET caller = mark FROM marked WHERE marked.number = c.number AND c.caller IS NULL
)
UPDATE calls_call c SET caller = mark FROM marked
WHERE marked.number = c.number AND c.number <> '' AND c.caller IS NULL
"""


def mark(apps, schema_editor):
    """Batch by batch; what has a mark is not found again, and gives it to what has none."""
    last = ""
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(NUMBERS, [last, BATCH])
            numbers = [number for (number,) in cursor.fetchall()]
            if not numbers:
                return
            with transaction.atomic():
                cursor.execute(MARK, [numbers])
            last = numbers[-1]


class Migration(migrations.Migration):
    atomic = False  # the desk works meanwhile

    dependencies = [
        ('calls', '0008_callers'),
    ]

    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
        AddIndexConcurrently(
            model_name='call',
            index=models.Index(condition=models.Q(('caller__isnull', False)), fields=['caller', 'begun_at'], name='call_of_caller'),
        ),
    ]
