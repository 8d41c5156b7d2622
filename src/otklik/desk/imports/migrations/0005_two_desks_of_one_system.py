"""Two desks of one system have the same numbers: a move says which of them it reads."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0004_answers_of_independent_surveys")]

    operations = [
        migrations.AddField(
            model_name="takeover",
            name="source",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=40, verbose_name="which one of them"
            ),
        ),
    ]
