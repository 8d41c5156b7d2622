"""Thirty people in four lines, three service classes, two dozen clients: who works in the simulated week, and when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.staff.models import Role, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Contact
from otklik.desk.routing.models import Distribution
from otklik.desk.routing.models.distribution import Mode
from otklik.desk.sla.models import Agreement, ServiceClass, Version
from otklik.desk.tickets.models import Priority
from tests.fixtures.cast import ALWAYS, person

MOSCOW = ZoneInfo("Europe/Moscow")
OFFICE = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
HOUR = timedelta(hours=1)

type Hours = tuple[frozenset[int], int, int]
"""Days of the week, the first hour and the one past the last."""

WEEKDAYS, DAYS_OFF = frozenset(range(5)), frozenset({5, 6})


@dataclass
class Worker:
    user: User
    line: Team
    hours: Hours

    def is_on(self, now: datetime) -> bool:
        days, first, last = self.hours
        local = now.astimezone(MOSCOW)
        return local.weekday() in days and first <= local.hour < last


@dataclass
class Department:
    lines: dict[str, Team]
    workers: list[Worker]
    leads: dict[int, Worker]
    clients: list[Contact]


def build(door: Channel) -> Department:
    """The door leads to the first line, which is open day and night; the others keep office hours."""
    office = BusinessCalendar.objects.create(name="Office", time_zone="Europe/Moscow", weekly=OFFICE)
    always = BusinessCalendar.objects.create(name="Day and night", time_zone="Europe/Moscow", weekly=ALWAYS)
    first = door.team
    first.calendar = always
    first.save()
    lines = {"first": first}
    for level, name in enumerate(("second", "third", "billing"), 2):
        lines[name] = Team.objects.create(name=name, level=min(level, 3), calendar=office)
    modes = {"first": Mode.PUSH, "second": Mode.PULL, "third": Mode.ROUND, "billing": Mode.MANUAL}
    for name, mode in modes.items():
        Distribution.objects.update_or_create(team=lines[name], defaults={"mode": mode})
    Distribution.objects.forget()
    workers = _first_line(first, [*lines.values()])
    for name, number in (("second", 8), ("third", 4), ("billing", 3)):
        workers += _office(lines[name], number)
    leads = {}
    for name, line in lines.items():
        lead = Worker(person(f"lead-{name}", f"Lead {name}", Role.LEAD, line), line, (WEEKDAYS, 9, 18))
        leads[line.pk] = lead
        workers.append(lead)
    return Department(lines, workers, leads, _clients(always, office, leads[first.pk].user))


def _first_line(first: Team, lines: list[Team]) -> list[Worker]:
    """Eleven people in shifts; those of the nights and the days off stand in for all lines."""
    night, early, late, evening = (WEEKDAYS, 0, 9), (WEEKDAYS, 8, 17), (WEEKDAYS, 9, 18), (WEEKDAYS, 16, 24)
    off = [(DAYS_OFF, *hours) for hours in ((0, 9), (8, 17), (16, 24))]
    alone = [(night, lines), (night, lines), (evening, lines), (evening, lines), *((hours, lines) for hours in off)]
    told = [(early, [first]), (early, [first]), (late, [first]), (late, [first]), *alone]
    return [
        Worker(person(f"first-{n}", f"First {n}", Role.AGENT, *of), first, hours) for n, (hours, of) in enumerate(told)
    ]


def _office(line: Team, number: int) -> list[Worker]:
    people = (person(f"{line.name}-{n}", f"{line.name} {n}", Role.AGENT, line) for n in range(number))
    return [Worker(one, line, (WEEKDAYS, 9, 18)) for one in people]


def _clients(always: BusinessCalendar, office: BusinessCalendar, by: User) -> list[Contact]:
    """Two VIPs, six of the business class, sixteen of the basic one."""
    classes = [
        _promised("VIP 24/7", 10, always, 1, update_every=4 * HOUR),
        _promised("Business", 40, always, 3, update_every=24 * HOUR),
        _promised("Basic", 80, office, 6, update_every=None),
    ]
    contacts = []
    for number in range(24):
        client = Client.objects.create(name=f"Client {number}")
        contact = Contact.objects.recognise("email", f"c{number}@else.test", name=f"Contact {number}")
        contact.client = client
        contact.save()
        service_class = classes[0 if number < 2 else 1 if number < 8 else 2]
        Agreement(service_class=service_class, client=client, starts_on=date(2026, 1, 1)).make(by=by)
        contacts.append(contact)
    return contacts


def _promised(
    name: str, rank: int, calendar: BusinessCalendar, hours: int, update_every: timedelta | None
) -> ServiceClass:
    service_class = ServiceClass.objects.create(name=name, rank=rank)
    version = Version.objects.begin(service_class, by=None)
    times = (hours * HOUR, 2 * hours * HOUR, 24 * hours * HOUR)
    targets = dict.fromkeys(Priority.values, times)
    version.change(targets, calendar=calendar, update_every=update_every, share=90)
    version.check_capacity()
    version.put_in_force(by=None, accepted="measured in the first week", override="nothing measured yet")
    return service_class
