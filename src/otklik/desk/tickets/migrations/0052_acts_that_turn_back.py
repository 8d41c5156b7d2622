"""Putting aside and closing many are taken back, too; the database is not touched."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0051_where_a_solution_is_described")]

    operations = [
        migrations.AlterField(
            model_name="batch",
            name="act",
            field=models.CharField(
                choices=[
                    ("owner", "given to somebody"),
                    ("line", "passed to another line"),
                    ("labels", "topic and tags"),
                    ("priority", "priority"),
                    ("aside", "put aside"),
                    ("close", "closed without an answer"),
                ],
                max_length=8,
            ),
        ),
    ]
