"""A mailbox may believe the seals of forwarders (ARC)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("email", "0006_hooks")]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="sealers",
            field=models.JSONField(default=list, verbose_name="forwarders whose seals are believed"),
        ),
    ]
