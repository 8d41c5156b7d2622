"""What another line gave back and nobody has answered since is a list, whose figure stands on every page."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("routing", "0007_picks")]

    operations = [
        AddIndexConcurrently(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("answer_id", None), ("returned_at__isnull", False)),
                fields=["ticket"],
                name="handover_came_back",
            ),
        ),
    ]
