"""Topics, tags and their places on the ticket: columns with constant values, which rewrite no row.

The database has the empty value, too: whoever does not know the column yet goes on writing tickets.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import otklik.core.journal.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0009_service_class_and_priority")]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place among its neighbours")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kinds",
                        to="tickets.topic",
                        verbose_name="belongs to",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("parent"),
                        django.db.models.functions.text.Lower("name"),
                        nulls_distinct=False,
                        name="one_topic_of_a_name_in_a_place",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("uses", models.PositiveIntegerField(default=0)),
                ("used_at", models.DateTimeField(default=otklik.core.journal.clock.now)),
            ],
            options={"indexes": [models.Index(fields=["-uses", "name"], name="tag_by_use")]},
        ),
        migrations.AddField(
            "ticket",
            "topic",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="tickets.topic",
                verbose_name="topic",
            ),
        ),
        migrations.AddField(
            "ticket",
            "tags",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name="tags"
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE tickets_ticket ALTER COLUMN tags SET DEFAULT '{}'",
            "ALTER TABLE tickets_ticket ALTER COLUMN tags DROP DEFAULT",
        ),
    ]
