from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0004_inbound_identifier")]

    operations = [
        migrations.AddField(
            "inbound", "let_in", models.BooleanField(default=False, verbose_name="let in by a person")
        ),
    ]
