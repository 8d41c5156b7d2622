"""The date of our question to a client stays known where their class asks for something before it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0021_newest_first")]

    operations = [
        migrations.AddField("ticket", "remind_at", models.DateTimeField("the client has time until", null=True)),
    ]
