"""Calls of requests that were joined before calls went along stand where those go on, as if they had gone along then.

Going back to the version before needs nothing: it looks for calls where they stand, and a join that is undone brings
them back by what is written here.
"""

from collections import defaultdict

from django.db import migrations, transaction
from django.db.models import Exists, OuterRef, Q

BATCH = 1000
KINDS = {"calls": "Call", "call_backs": "CallBack"}
"""What a relocation calls them."""


def go_along(apps, schema_editor):
    Ticket = apps.get_model("tickets", "Ticket")
    stands = [Exists(apps.get_model("calls", kind).objects.filter(ticket=OuterRef("pk"))) for kind in KINDS.values()]
    joined, last = Ticket.objects.filter(Q(*stands, _connector=Q.OR), merged_into__isnull=False), 0
    while numbers := list(joined.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            list(Ticket.objects.filter(pk__in=numbers).order_by("pk").select_for_update(no_key=True))
            _move(apps, numbers)
        last = numbers[-1]


def _move(apps, numbers):
    ways = _ways(apps.get_model("tickets", "Ticket"), numbers)
    standing = apps.get_model("tickets", "Relocation").objects.filter(kind="merge", undone_at=None)
    left = {one.source_id: one for one in standing.filter(source__in={step for way in ways.values() for step in way})}
    for name, kind in KINDS.items():
        rows, gone = apps.get_model("calls", kind).objects, defaultdict(list)
        found = list(rows.filter(ticket__in=ways).select_for_update(no_key=True).order_by("pk"))
        for row in found:
            *steps, row.ticket_id = ways[row.ticket_id]
            for step in steps:
                gone[step].append(row.pk)
        rows.bulk_update(found, ["ticket"], batch_size=BATCH)
        for step in gone.keys() & left.keys():  # a split that was undone has ended without a join
            before = left[step].before
            before[name] = sorted({*before.get(name, []), *gone[step]})
    standing.bulk_update(left.values(), ["before"], batch_size=BATCH)


def _ways(Ticket, numbers):
    """Of each of these that is still joined all requests through which it goes on, itself the first."""
    further, asked = {}, set(numbers)
    while asked:
        joined = Ticket.objects.filter(pk__in=asked, merged_into__isnull=False)
        further |= dict(joined.values_list("pk", "merged_into"))
        asked = {further[pk] for pk in asked if pk in further} - further.keys()
    return {pk: _way(pk, further) for pk in numbers if pk in further}


def _way(pk, further):
    way = [pk]
    while way[-1] in further:
        way.append(further[way[-1]])
    return way


class Migration(migrations.Migration):
    atomic = False  # batch by batch, and what was done is not found again

    dependencies = [
        ("calls", "0006_calls_of_a_number"),
        ("tickets", "0057_orders_of_lists"),
    ]

    operations = [migrations.RunPython(go_along, migrations.RunPython.noop, elidable=True)]
