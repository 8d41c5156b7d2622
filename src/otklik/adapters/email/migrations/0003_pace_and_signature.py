from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("email", "0002_mailbox_judges_senders"), ("channels", "0006_sending_at_a_pace")]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="per_minute",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="letters a minute at most"),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="per_hour",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="letters an hour at most"),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="dkim_selector",
            field=models.CharField(blank=True, max_length=63, verbose_name="DKIM selector"),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="dkim_secret",
            field=models.TextField(blank=True, editable=False),
        ),
    ]
