"""In which order each person looks at a list, and whether replies to them wait while they are away."""

from django.db import migrations, models
from django.db.models import Value


class Migration(migrations.Migration):
    dependencies = [("staff", "0008_parts_of_a_row")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="list_orders",
            field=models.JSONField(
                blank=True,
                db_default=Value({}, models.JSONField()),
                default=dict,
                verbose_name="orders of lists",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="replies_to_line",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="while I am away, replies to me go to the line"
            ),
        ),
    ]
