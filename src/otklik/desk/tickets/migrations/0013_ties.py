"""Requests that have to do with one another."""

import django.db.models.deletion
import django.db.models.functions.comparison
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial"), ("tickets", "0012_fields")]

    operations = [
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("duplicate", "duplicate of"), ("cause", "caused by"), ("part", "part of")],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name="when")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tied_here", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "verbose_name": "tie between requests",
                "verbose_name_plural": "ties between requests",
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "other"), name="tied_once"),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("ticket", "other"),
                        django.db.models.functions.comparison.Greatest("ticket", "other"),
                        name="tied_in_one_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ticket", models.F("other")), _negated=True), name="tied_to_another"
                    ),
                ],
            },
        ),
    ]
