"""Days of surveys that are over, each counted once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0011_levels_of_skills"), ("surveys", "0019_index_of_low_marks")]

    operations = [
        migrations.CreateModel(
            name="Tallied",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField()),
                ("way", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "verbose_name": "tallying of surveys",
                "verbose_name_plural": "tallyings of surveys",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_tallying_of_surveys")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=8)),
                ("day", models.DateField()),
                ("asked", models.PositiveIntegerField()),
                ("failed", models.PositiveIntegerField()),
                ("completed", models.PositiveIntegerField()),
                ("partial", models.PositiveIntegerField()),
                ("given", models.PositiveIntegerField()),
                ("good", models.PositiveIntegerField()),
                ("marks", models.JSONField(default=dict)),
                ("groups", models.JSONField(default=dict)),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.team",
                        verbose_name="line",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="surveys.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "day of a survey",
                "verbose_name_plural": "days of surveys",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "source", "team", "day"), name="one_tally_of_a_day", nulls_distinct=False
                    )
                ],
            },
        ),
    ]
