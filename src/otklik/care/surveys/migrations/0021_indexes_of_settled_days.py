"""What settled days are counted by; built beside the work, as the table is large."""

from django.db import migrations, models

from otklik.core.journal.building import BuildIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("surveys", "0020_days_that_are_settled")]

    operations = [
        BuildIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("why_not", ""), _negated=True),
                fields=["survey", "why_not"],
                include=("team",),
                name="invitation_unsent",
            ),
        ),
        BuildIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("sent_at__isnull", False)), fields=["sent_at"], name="invitation_sent"
            ),
        ),
    ]
