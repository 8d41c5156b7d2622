from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0003_outbound_leaving")]

    operations = [
        migrations.AddIndex(
            "inbound",
            models.Index(
                condition=models.Q(("external_id", ""), _negated=True), fields=["external_id"], name="inbound_identifier"
            ),
        ),
    ]
