import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0005_brands"),
    ]

    operations = [
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "skill",
                "verbose_name_plural": "skills",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="capacity",
            field=models.JSONField(blank=True, db_default={}, default=dict, verbose_name="capacity"),
        ),
        migrations.AddField(
            model_name="user",
            name="availability",
            field=models.CharField(
                choices=[
                    ("ready", "ready"),
                    ("busy", "busy"),
                    ("break", "on a break"),
                    ("away", "away"),
                    ("off", "not working"),
                ],
                db_default="away",
                default="away",
                editable=False,
                max_length=8,
                verbose_name="availability",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="availability_since",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=otklik.core.journal.clock.now,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="skills",
            field=models.ManyToManyField(blank=True, related_name="people", to="staff.skill", verbose_name="skills"),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(verbose_name="from when")),
                ("until", models.DateTimeField(verbose_name="until")),
                ("sudden", models.BooleanField(default=False, verbose_name="sudden")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("declared_at", models.DateTimeField(default=otklik.core.journal.clock.now)),
                ("begun_at", models.DateTimeField(null=True)),
                ("given_back_at", models.DateTimeField(null=True, verbose_name="given back")),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who stands in",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_back_at", None)), fields=["user", "since"], name="absence_standing"
                    ),
                    models.Index(
                        condition=models.Q(("given_back_at", None)),
                        fields=["deputy", "since"],
                        name="absence_of_deputy",
                    ),
                    models.Index(
                        condition=models.Q(("begun_at", None), ("given_back_at", None)),
                        fields=["since"],
                        name="absence_to_begin",
                    ),
                    models.Index(condition=models.Q(("given_back_at", None)), fields=["until"], name="absence_to_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("since"))), name="absence_has_a_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deputy", None), models.Q(("deputy", models.F("user")), _negated=True), _connector="OR"
                        ),
                        name="nobody_stands_in_for_oneself",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("given_back_at", None)),
                        expressions=[
                            (
                                models.Func(
                                    "since",
                                    "until",
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                            ("user", "="),
                        ],
                        name="one_absence_at_a_time",
                    ),
                ],
            },
        ),
    ]
