"""Lists by when requests were opened: an index of each line and of all, built while the desk works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

OPEN = models.Q(id__gt=0, status__in=["new", "open", "pending_client", "scheduled"])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0056_saved_lists_for_everybody")]

    operations = [
        migrations.AddField(
            model_name="savedlist",
            name="order",
            field=models.CharField(
                blank=True,
                choices=[
                    ("due", "The nearest date first"),
                    ("newest", "The newest first"),
                    ("oldest", "The oldest first"),
                ],
                db_default="",
                default="",
                max_length=8,
                verbose_name="order",
            ),
        ),
        AddIndexConcurrently(
            "ticket", models.Index(fields=["opened_at", "id"], name="ticket_open_aged", condition=OPEN)
        ),
        AddIndexConcurrently(
            "ticket", models.Index(fields=["team", "opened_at", "id"], name="ticket_line_aged", condition=OPEN)
        ),
    ]
