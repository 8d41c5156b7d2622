"""What was merged into an organisation, and hosts of mail addresses; built while the desk works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Func


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("clients", "0015_merging_of_organisations")]

    operations = [
        AddIndexConcurrently(
            "client",
            models.Index(fields=["merged_into"], name="client_merged", condition=models.Q(merged_into__isnull=False)),
        ),
        AddIndexConcurrently(
            "identity",
            models.Index(
                Func(
                    F("value"),
                    function="split_part",
                    template="%(function)s(%(expressions)s, '@', 2)",
                    output_field=models.CharField(),
                ),
                condition=models.Q(kind="email"),
                name="identity_host",
            ),
        ),
    ]
