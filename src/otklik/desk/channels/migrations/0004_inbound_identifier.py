from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a large table is built while the product works

    dependencies = [("channels", "0003_outbound_leaving")]

    operations = [
        AddIndexConcurrently(
            "inbound",
            models.Index(
                condition=models.Q(("external_id", ""), _negated=True), fields=["external_id"], name="inbound_identifier"
            ),
        ),
    ]
