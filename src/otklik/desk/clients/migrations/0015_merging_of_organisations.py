"""Duplicates become one organisation, and can be parted again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import otklik.core.journal.clock

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("clients", "0014_weather"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            "client",
            "merged_into",
            models.ForeignKey("clients.client", PROTECT, db_index=False, editable=False, null=True, related_name="+"),
        ),
        migrations.CreateModel(
            "ClientMerging",
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
                ("loser", models.ForeignKey("clients.client", PROTECT, related_name="+", verbose_name="duplicate")),
                (
                    "undone_by",
                    models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT, db_index=False, null=True, related_name="+"),
                ),
                (
                    "winner",
                    models.ForeignKey(
                        "clients.client", PROTECT, related_name="mergings", verbose_name="organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "merging of organisations",
                "verbose_name_plural": "mergings of organisations",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["loser"], condition=Q(undone_at=None), name="client_merged_into_one"
                    )
                ],
            },
        ),
    ]
