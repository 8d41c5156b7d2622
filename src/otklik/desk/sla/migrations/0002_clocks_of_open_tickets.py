"""Tickets that are open get the clocks of their line; what is late by now is not told of again."""

from datetime import UTC, datetime, timedelta

from django.db import migrations

from otklik.core.formulas import WorkingTime

PAUSE_LIMIT, WARN, BATCH = timedelta(hours=80), 0.75, 2000


def begin(apps, schema_editor):
    Ticket, Clock = apps.get_model("tickets", "Ticket"), apps.get_model("sla", "Clock")
    lines = {line.pk: (line, _hours(line.calendar)) for line in apps.get_model("staff", "Team").objects.all()}
    now, clocks = datetime.now(UTC), []
    for ticket in Ticket.objects.filter(due_at__isnull=False).iterator(BATCH):
        line, hours = lines[ticket.team_id]
        clocks += [Clock(ticket=ticket, team_id=line.pk, priority=2, **each) for each in _begun(ticket, line, hours, now)]
        if len(clocks) >= BATCH:
            Clock.objects.bulk_create(clocks)
            clocks = []
    Clock.objects.bulk_create(clocks)
    counted = apps.get_model("sla", "Hours").objects
    for calendar in apps.get_model("calendar", "BusinessCalendar").objects.all():
        counted.create(calendar=calendar, version=calendar.version)


def _hours(calendar):
    exceptions = {day.date.isoformat(): day.windows for day in calendar.exceptions.all()}
    return WorkingTime.of({"tz": calendar.time_zone, "weekly": calendar.weekly, "exceptions": exceptions})


def _begun(ticket, line, hours, now):
    if ticket.waiting_since:
        kind = "next_answer" if ticket.first_answer_at else "first_answer"
        within = line.next_answer if ticket.first_answer_at else line.first_answer
        yield _clock(kind, ticket.waiting_since, within, timedelta(), hours, now)
    paused_from = ticket.informed_at or now if ticket.status == "pending_client" else None
    extra = PAUSE_LIMIT if paused_from else timedelta()
    yield {**_clock("resolution", ticket.opened_at, line.resolution, extra, hours, now), "paused_from": paused_from}


def _clock(kind, since, within, extra, hours, now):
    seconds, more = within.total_seconds(), extra.total_seconds()
    warn, due = hours.due(since, seconds * WARN + more), hours.due(since, seconds + more)
    return {
        "kind": kind,
        "started_at": since,
        "within": seconds,
        "due_at": due,
        "warned_at": now if warn <= now else None,
        "breached_at": due if due <= now else None,
        "next_at": None if due <= now else due if warn <= now else warn,
    }


class Migration(migrations.Migration):
    dependencies = [("sla", "0001_initial")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
