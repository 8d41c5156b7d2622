"""Duplicates become one person, and can be parted again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import otklik.core.journal.clock

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("clients", "0009_lists_by_name"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            "contact",
            "merged_into",
            models.ForeignKey(
                "clients.contact", PROTECT, db_index=False, editable=False, null=True, related_name="+"
            ),
        ),
        migrations.CreateModel(
            "Merging",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name="when")),
                ("moved", models.JSONField(default=dict, editable=False)),
                ("changed", models.JSONField(default=list, editable=False)),
                ("undone_at", models.DateTimeField(null=True, verbose_name="parted")),
                (
                    "by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, PROTECT, db_index=False, related_name="+", verbose_name="by"
                    ),
                ),
                ("loser", models.ForeignKey("clients.contact", PROTECT, related_name="+", verbose_name="duplicate")),
                (
                    "undone_by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, PROTECT, db_index=False, null=True, related_name="+"
                    ),
                ),
                (
                    "winner",
                    models.ForeignKey("clients.contact", PROTECT, related_name="mergings", verbose_name="contact"),
                ),
            ],
            options={
                "verbose_name": "merging of clients",
                "verbose_name_plural": "mergings of clients",
                "constraints": [
                    models.UniqueConstraint(fields=["loser"], condition=Q(undone_at=None), name="merged_into_one")
                ],
            },
        ),
        migrations.CreateModel(
            "Different",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("contact", "contact"), ("client", "client")], max_length=8),
                ),
                ("first", models.BigIntegerField()),
                ("second", models.BigIntegerField()),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now)),
                ("by", models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT, db_index=False, related_name="+")),
            ],
            options={
                "verbose_name": "different clients",
                "verbose_name_plural": "different clients",
                "constraints": [
                    models.UniqueConstraint(fields=["kind", "first", "second"], name="different_said_once"),
                    models.CheckConstraint(condition=Q(first__lt=F("second")), name="different_in_order"),
                ],
            },
        ),
    ]
