import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0007_forwarded_letters"), ("staff", "0005_brands")]

    operations = [
        migrations.AddField(
            "channel",
            "brand",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="channels",
                to="staff.brand",
                verbose_name="brand",
            ),
        ),
    ]
