"""Moves from other desks, what was read of a file, and products of clients as a kind."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import otklik.core.journal.clock

PROTECT, CASCADE = django.db.models.deletion.PROTECT, django.db.models.deletion.CASCADE
STATES = [
    ("reading", "being read"),
    ("ready", "read, nothing is brought in yet"),
    ("checking", "being checked"),
    ("checked", "looked through"),
    ("running", "running"),
    ("stopped", "stopped"),
    ("done", "brought in"),
    ("failed", "failed"),
]
KINDS = [
    ("contacts", "clients"),
    ("organisations", "organisations"),
    ("products", "products"),
    ("tickets", "requests"),
    ("subscriptions", "products of clients"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_imports"),
        ("channels", "0009_fate_of_each_recipient"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "Takeover",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("system", models.CharField(max_length=40, verbose_name="from which system")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("token", models.TextField(blank=True, editable=False)),
                (
                    "state",
                    models.CharField(choices=STATES, default="reading", max_length=8, verbose_name="state"),
                ),
                ("trouble", models.CharField(blank=True, max_length=500, verbose_name="what went wrong")),
                ("read", models.BigIntegerField(default=0, verbose_name="records read")),
                ("created_at", models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, PROTECT, db_index=False, editable=False, null=True, related_name="+"
                    ),
                ),
                ("channel", models.ForeignKey("channels.channel", PROTECT, db_index=False, related_name="+")),
            ],
            options={"verbose_name": "move from another desk", "verbose_name_plural": "moves from other desks"},
        ),
        migrations.AddField("import", "looked", models.JSONField(default=dict, editable=False)),
        migrations.AddField(
            "import",
            "takeover",
            models.ForeignKey(
                "imports.takeover", CASCADE, editable=False, null=True, related_name="parts", verbose_name="move"
            ),
        ),
        migrations.AlterField(
            "import", "kind", models.CharField(choices=KINDS, max_length=16, verbose_name="what it holds")
        ),
    ]
