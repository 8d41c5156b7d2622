"""The call of a note is found at once when the note goes elsewhere."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("calls", "0004_calls_go_along")]

    operations = [
        AddIndexConcurrently(
            model_name="call",
            index=models.Index(condition=models.Q(("note__isnull", False)), fields=["note"], name="call_of_note"),
        ),
    ]
