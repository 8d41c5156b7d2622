"""Fields of a company's own, and a place for their values on the ticket; no row is rewritten."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0011_indexes_of_topics_and_tags")]

    operations = [
        migrations.CreateModel(
            name="Field",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("number", "number"),
                            ("date", "date"),
                            ("choice", "choice of a list"),
                            ("flag", "yes or no"),
                            ("link", "link"),
                        ],
                        default="text",
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="choices",
                    ),
                ),
                ("hint", models.CharField(blank=True, max_length=200, verbose_name="hint")),
                ("is_required", models.BooleanField(default=False, verbose_name="required at resolve")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place in the form")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fields",
                        to="tickets.topic",
                        verbose_name="asked for",
                    ),
                ),
            ],
            options={
                "verbose_name": "field",
                "verbose_name_plural": "fields",
                "ordering": ("position", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", "choice"), _negated=True) | models.Q(("options__len__gte", 1)),
                        name="a_choice_has_something_to_choose",
                    )
                ],
            },
        ),
        migrations.AddField("ticket", "details", models.JSONField(blank=True, default=dict, verbose_name="details")),
        migrations.RunSQL(
            "ALTER TABLE tickets_ticket ALTER COLUMN details SET DEFAULT '{}'",
            "ALTER TABLE tickets_ticket ALTER COLUMN details DROP DEFAULT",
        ),
    ]
