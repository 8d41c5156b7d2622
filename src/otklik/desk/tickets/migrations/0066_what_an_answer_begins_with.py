"""A line says what follows its answers until their author chooses."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0065_appeals_against_refusals")]

    operations = [
        migrations.AddField(
            model_name="habits",
            name="usual_next",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "a date that is promised, as usual"),
                    ("wait", "waiting for the client"),
                    ("resolve", "the solution"),
                ],
                db_default="",
                default="",
                max_length=7,
                verbose_name="what an answer begins with",
            ),
        ),
    ]
