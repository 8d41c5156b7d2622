"""A letter of a round that had to wait keeps the day of its turn; an empty column is added without reading the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0021_indexes_of_settled_days")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="turn_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="their turn, where the letter had to wait"),
        ),
    ]
