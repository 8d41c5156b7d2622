from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("email", "0001_initial")]

    operations = [
        migrations.AddField(
            "mailbox",
            "border",
            models.CharField(blank=True, default="", max_length=253, verbose_name="server that checks senders"),
            preserve_default=False,
        ),
        migrations.AddField(
            "mailbox",
            "keeps_out",
            models.BooleanField(default=False, verbose_name="senders that fail the check wait in quarantine"),
        ),
    ]
