"""A file that is brought in, what is wrong with its rows, and what other systems call what we keep."""

import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("channels", "0009_fate_of_each_recipient"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40, verbose_name="system")),
                ("kind", models.CharField(max_length=16, verbose_name="of what")),
                ("external_id", models.CharField(max_length=200, verbose_name="identifier there")),
                ("object_id", models.BigIntegerField(verbose_name="our number")),
            ],
            options={
                "verbose_name": "identifier of another system",
                "verbose_name_plural": "identifiers of other systems",
                "indexes": [models.Index(fields=["kind", "object_id"], name="external_id_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "kind", "external_id"), name="one_object_per_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contacts", "clients"),
                            ("organisations", "organisations"),
                            ("products", "products"),
                            ("tickets", "requests"),
                        ],
                        max_length=16,
                        verbose_name="what it holds",
                    ),
                ),
                ("source", models.CharField(default="file", max_length=40, verbose_name="from which system")),
                ("file", models.FileField(max_length=300, upload_to="imports/%Y/%m/")),
                ("name", models.CharField(max_length=255, verbose_name="name of the file")),
                ("mapping", models.JSONField(default=dict, verbose_name="which column is what")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("checking", "being checked"),
                            ("checked", "looked through"),
                            ("running", "running"),
                            ("stopped", "stopped"),
                            ("done", "brought in"),
                            ("failed", "failed"),
                        ],
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("trouble", models.CharField(blank=True, max_length=500, verbose_name="what went wrong")),
                ("position", models.BigIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("checked", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=otklik.core.journal.clock.now, editable=False)),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channels.channel",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.BigIntegerField(verbose_name="line of the file")),
                ("column", models.CharField(blank=True, max_length=300, verbose_name="column")),
                ("words", models.CharField(max_length=500, verbose_name="what is wrong")),
                ("cells", models.JSONField(default=dict, verbose_name="the row")),
                ("kept", models.BooleanField(default=False)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="problems", to="imports.import"
                    ),
                ),
            ],
            options={
                "verbose_name": "problem of an import",
                "verbose_name_plural": "problems of an import",
                "indexes": [models.Index(fields=["of", "line"], name="problem_by_line")],
            },
        ),
    ]
