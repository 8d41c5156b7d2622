"""A letter of a round that had to wait keeps the day of its turn, and one that was not sent why it was not.

An empty column is added without reading the table.  Of one survey and request one may wait; how many were not sent
before is not bounded.  Few invitations wait at a time, so the new index is small: the table is read once for it, while
nobody reads or writes there.
"""

from django.db import migrations, models

OLDER = """
DELETE FROM surveys_invitation i USING surveys_invitation newer
WHERE i.survey_id = newer.survey_id AND i.ticket_id = newer.ticket_id AND i.sent_at IS NULL AND newer.sent_at IS NULL
  AND i.cancelled_at IS NOT NULL AND (newer.cancelled_at IS NULL OR newer.id > i.id)
"""
"""Backwards only the last one that was not sent has a place."""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0021_indexes_of_settled_days")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="turn_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="their turn, where the letter had to wait"),
        ),
        migrations.RemoveConstraint(model_name="invitation", name="one_waiting_of_a_survey"),
        # What was deleted is checked at once: a table on which checks are due cannot be altered.
        migrations.RunSQL(
            migrations.RunSQL.noop, [OLDER, "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"]
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at", None), ("sent_at", None)),
                fields=("ticket", "survey"),
                name="one_to_send_of_a_survey",
            ),
        ),
    ]
