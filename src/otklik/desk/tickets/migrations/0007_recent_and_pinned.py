import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a large table is built while the product works

    dependencies = [
        ("staff", "0003_panes_of_the_desk"),
        ("tickets", "0006_joined_ticket_is_closed"),
    ]

    operations = [
        migrations.AddField("seen", "opened_at", models.DateTimeField(null=True)),
        AddIndexConcurrently(
            "seen",
            models.Index(
                "user", models.F("opened_at").desc(), name="seen_recently", condition=models.Q(opened_at__isnull=False)
            ),
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticket"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("user", "ticket"), name="pinned_once")]},
        ),
    ]
