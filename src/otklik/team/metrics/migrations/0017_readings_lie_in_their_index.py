"""A figure from two sides at once reads the readings of one measure; those of all measures lie between each other, so
it read seven times as much table as it needed.  With every side in the index only the index is read.

It is built while the desk works, the narrower one goes afterwards.  What is read so must be known to be seen by all, and
only a vacuum writes that down: it comes earlier than it would by itself.
"""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models

from otklik.core.journal.building import BuildIndex

SIDES = ("team_id", "kind", "value", "agent_id", "channel", "topic_id", "class_id", "product_id", "id")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("metrics", "0016_what_is_touched_and_what_came_back")]

    operations = [
        BuildIndex(
            model_name="reading",
            index=models.Index(fields=["measure", "at"], include=SIDES, name="reading_from_sides"),
        ),
        RemoveIndexConcurrently(model_name="reading", name="reading_when"),
        migrations.RunSQL(
            "ALTER TABLE metrics_reading SET (autovacuum_vacuum_scale_factor = 0.02,"
            " autovacuum_vacuum_insert_scale_factor = 0.02)",
            "ALTER TABLE metrics_reading RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor)",
        ),
    ]
