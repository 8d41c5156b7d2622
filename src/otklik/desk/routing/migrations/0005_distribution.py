import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0009_fate_of_each_recipient"),
        ("routing", "0004_handovers"),
        ("staff", "0006_absence_and_availability"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Distribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("manual", "by hand"),
                            ("pull", "whoever is free takes the next one"),
                            ("push", "to the one with the least work"),
                            ("round", "to everybody in turn"),
                        ],
                        default="pull",
                        max_length=8,
                        verbose_name="how work is given out",
                    ),
                ),
                (
                    "last_given",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="distribution",
                        to="staff.team",
                        verbose_name="line",
                    ),
                ),
            ],
            options={
                "verbose_name": "distribution",
                "verbose_name_plural": "distributions",
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="needs", to="channels.channel"
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="staff.skill"),
                ),
            ],
            options={
                "verbose_name": "needed skill",
                "verbose_name_plural": "needed skills",
                "constraints": [models.UniqueConstraint(fields=("channel", "skill"), name="needed_once")],
            },
        ),
    ]
