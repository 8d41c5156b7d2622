"""Habits of a line; what helped is shown to the client, but not what was written when nobody said so."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0005_brands"),
        ("tickets", "0015_what_hangs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Habits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reopen_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="days in which a word of the client reopens",
                    ),
                ),
                (
                    "reminders",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[django.core.validators.MaxValueValidator(5)],
                        verbose_name="reminders to a silent client",
                    ),
                ),
                (
                    "remind_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="working days between them",
                    ),
                ),
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="habits",
                        to="staff.team",
                        verbose_name="line",
                    ),
                ),
            ],
            options={"verbose_name": "habits of a line", "verbose_name_plural": "habits of lines"},
        ),
        migrations.AddField(
            "resolution", "shown", models.BooleanField(default=False, verbose_name="the client sees what helped")
        ),
        migrations.RunSQL(  # what the version before this one writes is not for the client
            "ALTER TABLE tickets_resolution ALTER COLUMN shown SET DEFAULT false",
            "ALTER TABLE tickets_resolution ALTER COLUMN shown DROP DEFAULT",
        ),
        migrations.AlterField(
            "resolution", "shown", models.BooleanField(default=True, verbose_name="the client sees what helped")
        ),
    ]
