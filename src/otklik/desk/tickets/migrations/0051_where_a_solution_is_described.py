"""A solution may lead to where it is described at length; no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0050_index_of_products")]

    operations = [
        migrations.AddField(
            model_name="resolution",
            name="link",
            field=models.URLField(
                blank=True, db_default="", default="", max_length=500, verbose_name="where it is described"
            ),
        ),
    ]
