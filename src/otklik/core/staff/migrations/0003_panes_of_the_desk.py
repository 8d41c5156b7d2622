import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_sign_in")]

    operations = [
        migrations.AddField(
            "user",
            "list_width",
            models.PositiveSmallIntegerField(
                "width of the list",
                null=True,
                blank=True,
                validators=[
                    django.core.validators.MinValueValidator(18),
                    django.core.validators.MaxValueValidator(32),
                ],
            ),
        ),
        migrations.AddField(
            "user", "card_folded", models.BooleanField("the client's card is folded", default=False, db_default=False)
        ),
        migrations.AddField(
            "user",
            "card_tab",
            models.CharField("open tab of the card", max_length=10, blank=True, default="", db_default=""),
        ),
    ]
