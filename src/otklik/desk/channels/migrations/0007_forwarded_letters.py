from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0006_sending_at_a_pace")]

    operations = [
        migrations.AlterField(
            model_name="outbound",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reply", "reply"),
                    ("auto", "acknowledgement"),
                    ("survey", "survey"),
                    ("notify", "notice"),
                    ("forward", "forwarded to a third party"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
    ]
