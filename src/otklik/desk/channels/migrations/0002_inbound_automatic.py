from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial")]

    operations = [
        migrations.AddField(
            "inbound",
            "automatic",
            models.CharField(blank=True, default="", max_length=20, verbose_name="automatic"),
            preserve_default=False,
        ),
    ]
