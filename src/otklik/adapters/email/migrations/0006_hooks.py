import otklik.core.staff.seal
from django.db import migrations, models


def keys_of_their_own(apps, schema_editor):
    for mailbox in apps.get_model("email", "Mailbox").objects.all():
        mailbox.hook_key = otklik.core.staff.seal.new_key()
        mailbox.save(update_fields=["hook_key"])


class Migration(migrations.Migration):
    dependencies = [("email", "0005_folders")]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="hook",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mailgun", "Mailgun"),
                    ("postmark", "Postmark"),
                    ("sendgrid", "SendGrid"),
                    ("ses", "Amazon SES"),
                ],
                max_length=10,
                verbose_name="posted by",
            ),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="hook_secret",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="hook_key",
            field=models.CharField(default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(keys_of_their_own, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="mailbox",
            name="hook_key",
            field=models.CharField(
                default=otklik.core.staff.seal.new_key,
                editable=False,
                max_length=32,
                unique=True,
            ),
        ),
    ]
