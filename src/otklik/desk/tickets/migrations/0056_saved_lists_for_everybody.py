"""Saved lists for everybody, and the order in which they stand in the menu."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0055_products_are_of_clients")]

    operations = [
        migrations.AddField(
            model_name="savedlist",
            name="everybody",
            field=models.BooleanField(db_default=False, default=False, verbose_name="for everybody"),
        ),
        migrations.AddField(
            model_name="savedlist",
            name="place",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="place in the menu"),
        ),
    ]
