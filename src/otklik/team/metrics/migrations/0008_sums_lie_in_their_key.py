"""A figure adds thousands of sums that lie all over the table; with their key they lie side by side, so only the key
is read.  It is built while the desk works and takes the place of the old one in a moment.

What is read so must be known to be seen by all, and only a vacuum writes that down: it comes earlier than it would by
itself.
"""

from django.db import migrations

KEY = "measure, side, day, team_id, key, bucket"
SWAP = "ALTER TABLE metrics_cell DROP CONSTRAINT metrics_cell_pkey, ADD CONSTRAINT metrics_cell_pkey PRIMARY KEY"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("metrics", "0007_time_until_the_talk")]

    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS metrics_cell_with_sums",  # of a run that was broken off
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            f"CREATE UNIQUE INDEX CONCURRENTLY metrics_cell_with_sums ON metrics_cell ({KEY}) INCLUDE (n, total)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(f"{SWAP} USING INDEX metrics_cell_with_sums", f"{SWAP} ({KEY})"),
        migrations.RunSQL(
            "ALTER TABLE metrics_cell SET (autovacuum_vacuum_scale_factor = 0.02,"
            " autovacuum_vacuum_insert_scale_factor = 0.02)",
            "ALTER TABLE metrics_cell RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor)",
        ),
    ]
