"""How far the new mail of a folder was read while its old mail is still being taken in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("email", "0007_seals")]

    operations = [
        migrations.AddField(
            model_name="folder",
            name="ahead_uid",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
