"""What rows of the queue leave out, as each person likes it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0007_calls_of_programs")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="row_without",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=40, verbose_name="left out in rows of the queue"
            ),
        ),
    ]
