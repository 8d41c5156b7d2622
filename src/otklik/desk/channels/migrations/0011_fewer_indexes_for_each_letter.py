"""Indexes that every letter writes and nobody reads.

Identifiers and keys are asked for as a whole, never by their beginning, so their second index serves nothing; who asks
for the messages of a channel is served by the index that keeps them apart (channel, content_hash).
"""

import django.db.models.deletion
from django.db import migrations, models

DROP = """
DROP INDEX IF EXISTS channels_outbound_external_id_70947de1_like;
DROP INDEX IF EXISTS channels_outbound_idempotency_key_8279fd13_like;
"""
BACK = """
CREATE INDEX channels_outbound_external_id_70947de1_like ON channels_outbound (external_id varchar_pattern_ops);
CREATE INDEX channels_outbound_idempotency_key_8279fd13_like
    ON channels_outbound (idempotency_key varchar_pattern_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("channels", "0010_letters_apart")]

    operations = [
        migrations.RunSQL(DROP, BACK),
        migrations.AlterField(
            model_name="inbound",
            name="channel",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="channels.channel",
                verbose_name="channel",
            ),
        ),
    ]
