"""How an answer or a call may begin: what holds for a client at this moment, and the lines that fit it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Organisation, User
from otklik.desk.clients.declension import declined
from otklik.desk.clients.models import CardField, Contact, Opened, Opener, PersonalFact, Situation
from otklik.desk.clients.opening.choosing import fitting
from otklik.desk.clients.opening.place import country_of, holiday_of, season_of
from otklik.desk.clients.opening.places import filled
from otklik.desk.clients.policy import zone_of
from otklik.desk.clients.sight import Sight
from otklik.desk.clients.weather import Weather, weather_of
from otklik.desk.clients.zones import Guess, cities_of, guess_of, place_of
from otklik.desk.tickets.models import Status, Ticket

LONG = timedelta(days=180)
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """A line with its places filled in."""

    opener: Opener
    text: str


@dataclass(frozen=True)
class Beginning:
    """What holds now; `lines` fit it, the most telling first, `holiday` is told in the language of the reader.

    `last` is the request before this one that the reader may see.
    """

    guess: Guess | None
    weather: Weather | None
    holiday: str
    last: Ticket | None
    lines: list[Line]


def beginning_of(contact: Contact, ticket: Ticket | None, user: User, now: datetime) -> Beginning:
    """By what this reader may see alone: a greeting tells no hidden city."""
    guess = _guessed(contact, Sight.of(user))
    known = contact.time_zone or (guess.zone if guess else "")
    zone = zone_of(known)
    local = timezone.localtime(now, zone)
    language = contact.language or Organisation.objects.current().language
    phones = [one.value for one in contact.identities.all() if one.kind == "phone"]
    country = country_of(phones, known)
    last = _before(contact, ticket, user)
    elsewhere = guess.city if guess else ""
    weather = None if elsewhere else weather_of(known)  # that of the city by which the zone is called
    situations: list[str] = [
        *_of_ticket(ticket, now),
        *_of_past(last, ticket, now),
        *([Situation.HOLIDAY] if holiday_of(country, local.date(), language) else []),
        *(weather.situations if weather else []),
        *([season] if (season := season_of(local.date(), known)) else []),
        _part(local),
    ]
    order: dict[str, int] = {one: at for at, one in enumerate(Situation)}
    situations.sort(key=order.__getitem__)
    values = _values(contact, local, language, known, elsewhere)
    values["holiday"] = holiday_of(country, local.date(), language)
    values["temperature"] = weather.temperature if weather else ""
    lines = fitting(
        Opener.objects.filter(language=language, is_active=True).order_by("id"),
        [str(one) for one in situations],
        values,
        f"{ticket.pk if ticket else contact.pk}:{local:%Y-%m-%d %H}",
        Opened.objects.filter(contact=contact).values_list("opener", flat=True).first(),
    )
    return Beginning(
        guess,
        weather,
        holiday_of(country, local.date(), translation.get_language() or language),
        last,
        [Line(one, filled(one.text, values)) for one in lines],
    )


def remember(contact: Contact, opener: Opener, by: User) -> None:
    """What this client gets next is another line."""
    given = {"opener": opener, "by": by, "at": clock.now()}
    Opened.objects.update_or_create(contact=contact, defaults=given)


def _guessed(contact: Contact, sight: Sight) -> Guess | None:
    answered = () if contact.time_zone else CardField.objects.answered(contact)
    guess = guess_of(contact, cities_of(one for one in answered if sight.opens_field(one.field)))
    return None if guess and guess.by == "phone" and not sight.opens(PersonalFact.PHONES) else guess


def _before(contact: Contact, ticket: Ticket | None, user: User) -> Ticket | None:
    mine = Ticket.objects.visible_to(user).filter(contact=contact).order_by("-id")
    if ticket is not None:
        mine = mine.filter(pk__lt=ticket.pk)
    return mine.only("subject", "status", "last_at").first()


def _of_ticket(ticket: Ticket | None, now: datetime) -> list[Situation]:
    if ticket is None:
        return []
    found = [Situation.UPSET] if ticket.is_upset else []
    late = ticket.promises.filter(done_at=None, moved_at=None, taken_back_at=None, until__lt=now)
    return [*found, Situation.MISSED] if late.exists() else found


def _of_past(last: Ticket | None, ticket: Ticket | None, now: datetime) -> list[Situation]:
    """How the request before this one ended, or how long ago it was."""
    if last is None:
        return [Situation.FIRST] if ticket else []
    if last.status == Status.REFUSED and now - last.last_at < LATELY:
        return [Situation.REFUSED]
    if now - last.last_at > LONG:
        return [Situation.LONG_AGO]
    return [Situation.SOLVED] if last.status == Status.RESOLVED and now - last.last_at < LATELY else []


def _part(local: datetime) -> Situation:
    if 5 <= local.hour < 11:
        return Situation.MORNING
    if 11 <= local.hour < 17:
        return Situation.DAY
    return Situation.EVENING if 17 <= local.hour < 23 else Situation.NIGHT


def _values(contact: Contact, local: datetime, language: str, zone: str, elsewhere: str) -> dict[str, str]:
    called = contact.greeted
    with translation.override(language):
        greeting = {
            Situation.MORNING: _("Good morning"),
            Situation.DAY: _("Good afternoon"),
            Situation.EVENING: _("Good evening"),
        }.get(_part(local), _("Hello"))
        city = elsewhere or (str(place_of(zone)).partition(",")[0] if zone else "")
    return {
        "name": called,
        "name_to": declined(called, "dative"),
        "name_of": declined(called, "genitive"),
        "greeting": greeting,
        "city": city,
    }
