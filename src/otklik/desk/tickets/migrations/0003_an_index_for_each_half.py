"""Open tickets are ours to move or they wait: each half gets indexes that alone answer its lists and figures.

Figures are counted in the index, which needs pages that a vacuum has marked: it comes oftener than by default.  The
statistics tell the planner that line, status and owner hang together.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a large table is built while the product works

    dependencies = [
        ("tickets", "0002_queues_and_lists"),
    ]

    operations = [
        RemoveIndexConcurrently(
            model_name="ticket",
            name="ticket_line_queue",
        ),
        RemoveIndexConcurrently(
            model_name="ticket",
            name="ticket_own_queue",
        ),
        RemoveIndexConcurrently(
            model_name="ticket",
            name="ticket_promised",
        ),
        migrations.AlterField(
            model_name="ticket",
            name="contact",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="clients.contact",
                verbose_name="contact",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status__in", ("new", "open"))),
                fields=["team", "due_at", "id"],
                include=("owner", "next_step"),
                name="ticket_line_ours",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status__in", ("new", "open")), ("owner__isnull", False)),
                fields=["owner", "due_at", "id"],
                include=("team", "next_step"),
                name="ticket_own_ours",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status__in", ("new", "open")), ("owner", None)),
                fields=["team", "due_at", "id"],
                include=("next_step",),
                name="ticket_unowned_ours",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status__in", ("new", "open"))),
                fields=["due_at", "id"],
                include=("team", "owner", "next_step"),
                name="ticket_ours",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status__in", ("pending_client", "scheduled"))),
                fields=["team", "status", "due_at", "id"],
                include=("owner",),
                name="ticket_line_waits",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status__in", ("pending_client", "scheduled")), ("owner__isnull", False)),
                fields=["owner", "status", "due_at", "id"],
                include=("team",),
                name="ticket_own_waits",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status__in", ("pending_client", "scheduled"))),
                fields=["status", "due_at", "id"],
                name="ticket_waits",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False), ("next_step", "keep_promise")),
                fields=["due_at", "id"],
                include=("team", "owner", "status"),
                name="ticket_promised",
            ),
        ),
        migrations.RunSQL(
            "CREATE STATISTICS ticket_halves (mcv) ON team_id, status, owner_id FROM tickets_ticket",
            "DROP STATISTICS ticket_halves",
        ),
        migrations.RunSQL(
            """ALTER TABLE tickets_ticket SET (autovacuum_vacuum_scale_factor = 0.02,
                autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)""",
            """ALTER TABLE tickets_ticket RESET (autovacuum_vacuum_scale_factor,
                autovacuum_vacuum_insert_scale_factor, autovacuum_analyze_scale_factor)""",
        ),
    ]
