"""Cards of organisations at which every look is written down, as it is of people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clients", "0017_fields_of_cards")]

    operations = [
        migrations.AddField(
            model_name="client",
            name="restricted_as",
            field=models.CharField(
                blank=True,
                choices=[("vip", "VIP"), ("secrecy", "bound to secrecy by contract")],
                db_default="",
                default="",
                max_length=8,
                verbose_name="restricted card",
            ),
        ),
    ]
