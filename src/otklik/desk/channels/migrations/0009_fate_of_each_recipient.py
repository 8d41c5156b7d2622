"""One letter may arrive at some of its recipients and not at others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0008_channel_brand")]

    operations = [
        migrations.AddField(
            model_name="outbound",
            name="fates",
            field=models.JSONField(default=dict, verbose_name="fate for each recipient"),
        ),
    ]
