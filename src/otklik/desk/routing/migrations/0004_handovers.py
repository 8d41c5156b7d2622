import django.db.models.deletion
import otklik.core.journal.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0003_no_open_ticket_of_who_left"),
        ("staff", "0006_absence_and_availability"),
        ("tickets", "0008_participants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField(verbose_name="what the client asks")),
                ("tried", models.TextField(blank=True, verbose_name="what was tried")),
                ("expected", models.TextField(verbose_name="what is expected")),
                ("at", models.DateTimeField(default=otklik.core.journal.clock.now, verbose_name="when")),
                ("warn_at", models.DateTimeField()),
                ("late_at", models.DateTimeField(verbose_name="to be accepted by")),
                ("warned_at", models.DateTimeField(null=True)),
                ("told_late_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="accepted")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="returned")),
                ("return_reason", models.TextField(blank=True, verbose_name="why it came back")),
                ("answer_id", models.BigIntegerField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "owner_was",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.team",
                        verbose_name="from which line",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.team",
                        verbose_name="to which line",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "verbose_name": "hand-over",
                "verbose_name_plural": "hand-overs",
                "indexes": [
                    models.Index(fields=["ticket", "-id"], name="handover_of_ticket"),
                    models.Index(fields=["target", "at"], name="handover_of_line"),
                    models.Index(
                        condition=models.Q(("accepted_at", None), ("returned_at", None), ("warned_at", None)),
                        fields=["warn_at"],
                        name="handover_to_warn",
                    ),
                    models.Index(
                        condition=models.Q(("accepted_at", None), ("returned_at", None), ("told_late_at", None)),
                        fields=["late_at"],
                        name="handover_to_tell_late",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at", None), models.Q(("return_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="what_is_returned_has_a_reason",
                    )
                ],
            },
        ),
    ]
