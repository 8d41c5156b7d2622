from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0005_inbound_let_in")]

    operations = [
        migrations.AddField(
            model_name="channel",
            name="rests_until",
            field=models.DateTimeField(editable=False, null=True, verbose_name="sends nothing until"),
        ),
        migrations.AddIndex(
            model_name="outbound",
            index=models.Index(
                fields=["channel", "leaving_at"],
                name="outbound_pace",
                condition=models.Q(leaving_at__isnull=False),
            ),
        ),
    ]
