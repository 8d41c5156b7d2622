"""Letters whose moment has come are looked for every quarter of a minute."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("conversations", "0012_wordings_and_letters_that_leave_later")]

    operations = [
        AddIndexConcurrently(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("leave_at__isnull", False)), fields=["leave_at"], name="draft_leaves"
            ),
        ),
    ]
