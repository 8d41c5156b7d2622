from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a large table is built while the product works

    dependencies = [("channels", "0005_inbound_let_in")]

    operations = [
        migrations.AddField(
            model_name="channel",
            name="rests_until",
            field=models.DateTimeField(editable=False, null=True, verbose_name="sends nothing until"),
        ),
        AddIndexConcurrently(
            model_name="outbound",
            index=models.Index(
                fields=["channel", "leaving_at"],
                name="outbound_pace",
                condition=models.Q(leaving_at__isnull=False),
            ),
        ),
    ]
