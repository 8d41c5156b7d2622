"""Lists that people made for themselves or for their line."""

import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0006_absence_and_availability"), ("tickets", "0029_planned_by_a_rule")]

    operations = [
        migrations.CreateModel(
            name="SavedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("view", models.SlugField(max_length=40)),
                ("query", models.CharField(max_length=200)),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.team",
                        verbose_name="line",
                    ),
                ),
            ],
            options={"verbose_name": "saved list", "verbose_name_plural": "saved lists"},
        ),
    ]
