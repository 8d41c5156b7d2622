"""May we contact a person now, how, and about what?  The one question before everything that no person writes.

`decide` is arithmetic over `Known`; `may_contact` reads that in one statement.  What is owed (see `purposes.OWED`) is
never held back and costs no question.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.journal.bare import run
from otklik.core.staff.models import Organisation
from otklik.core.ui import words
from otklik.core.ui.middleware import zone as zone_named
from otklik.desk.clients import cases
from otklik.desk.clients.models import Contact, ContactPolicy
from otklik.desk.clients.models.reach import hours_of
from otklik.desk.clients.purposes import NEEDED, NOTICES, OWED, Agreed, Asks, Held, Purpose
from otklik.desk.clients.quiet import HORIZON, Quiet, outside
from otklik.desk.clients.zones import CITY, guessed, zone_name_of

FACTS = """
SELECT c.id, c.time_zone, c.reach_by, c.reach_hours,
    (SELECT json_agg(q) FROM clients_quietperiod q WHERE q.contact_id = c.id OR q.client_id = c.client_id),
    (SELECT json_object_agg(k.purpose, k.given) FROM (SELECT DISTINCT ON (purpose) purpose, given
        FROM clients_consent WHERE contact_id = c.id ORDER BY purpose, id DESC) k),
    (SELECT json_agg(json_build_array(m.purpose, m.at, m.contact_id IS NOT DISTINCT FROM c.id, m.contact_id, m.asks,
            m.client_id = c.client_id AND EXISTS (SELECT FROM clients_membership o
                JOIN clients_membership own ON own.client_id = o.client_id AND own.roles && o.roles
                WHERE o.client_id = c.client_id AND o.contact_id = m.contact_id AND own.contact_id = c.id
                    AND o.left_at IS NULL AND own.left_at IS NULL)) ORDER BY m.at)
        FROM clients_contacted m
        WHERE m.at > %(since)s AND (m.contact_id = c.id OR m.client_id = c.client_id)),
    (SELECT row_to_json(p) FROM clients_contactpolicy p WHERE p.id = 1),
    (SELECT count(*) FROM clients_contact p WHERE p.client_id = c.client_id AND p.merged_into_id IS NULL),
    {open_case},
    CASE WHEN c.time_zone = '' THEN json_build_array(
        (SELECT json_agg(i.value ORDER BY i.id) FROM clients_identity i WHERE i.contact_id = c.id AND i.kind = 'phone'),
        (SELECT json_agg(a.value ORDER BY a.id) FROM clients_cardanswer a JOIN clients_cardfield f ON f.id = a.field_id
            WHERE a.contact_id = c.id AND lower(f.name) = ANY(%(city)s))) END
FROM clients_contact c WHERE c.id = ANY(%(contacts)s)
"""
LONGEST_CAP = timedelta(days=365)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Why:
    """A reason as it is kept in the journal: a code and what belongs to it; `said` in the reader's language."""

    code: str
    detail: str = ""

    def said(self) -> str:
        match self.code:
            case "quiet":
                return self.detail or _("they are not to be disturbed")
            case "reach":
                return _("they may be reached at %(hours)s of their time") % {"hours": self.detail}
            case "house":
                return _("automatic messages come at %(hours)s of the client's time") % {"hours": self.detail}
            case "asked":
                return _("they had one on %(date)s") % {"date": _day(self.detail)}
            case "asked_client":
                asked = int(self.detail or 0)
                return ngettext(
                    "their organisation has had %(count)s by now", "their organisation has had %(count)s by now", asked
                ) % {"count": asked}
            case "notices":
                told = int(self.detail or 0)
                return ngettext("they had %(count)s notice today", "they had %(count)s notices today", told) % {
                    "count": told
                }
            case "asked_kind":
                return _("a survey of this kind came to them on %(date)s") % {"date": _day(self.detail)}
            case "asked_role":
                return _("enough people of their role in the organisation were asked")
            case "open_case":
                return _("a complaint, an incident, an escalated or an unanswered request of theirs is open")
            case "withdrawn":
                return _("they have said that they do not want it")
            case "not_given":
                return _("they have not agreed to it")
        return ""


@dataclass(frozen=True)
class Decision:
    """`not_before` is the earliest moment that is allowed; None where none is known.  `by` is how they like it best."""

    allowed: bool
    why: Why | None = None
    not_before: datetime | None = None
    by: str = ""

    @property
    def reason(self) -> str:
        return self.why.said() if self.why else ""


class Restriction(Protocol):
    """Something that holds back for a while."""

    def holds(self, at: datetime) -> bool: ...

    def ends(self, at: datetime) -> datetime | None: ...


@dataclass(frozen=True)
class Cap:
    """At most `most` within `span`: one more when the oldest of the last ones is `span` old."""

    times: tuple[datetime, ...]
    most: int
    span: timedelta

    def holds(self, at: datetime) -> bool:
        return self.most <= self.count(at)

    def ends(self, at: datetime) -> datetime | None:
        if not self.most:
            return None
        return max(at, sorted(self._within(at))[-self.most] + self.span)

    def count(self, at: datetime) -> int:
        return len(self._within(at))

    def _within(self, at: datetime) -> list[datetime]:
        return [one for one in self.times if one > at - self.span]


class Told(NamedTuple):
    """What was sent, and whether to this person; to whom, what a survey asked about, whether their role is the same."""

    purpose: str
    at: datetime
    theirs: bool
    person: int | None = None
    asks: str = ""
    same_role: bool = False


@dataclass(frozen=True)
class Known:
    """All that the decision asks for.  `quiet` with what each holds back and why; `told` are rows of `Told`.

    `people` is how many their organisation has, `open_case` whether a complaint, incident or escalation of theirs is
    open, or a question unanswered (`cases`).
    """

    zone: ZoneInfo
    reach_by: str = ""
    reach_hours: tuple[time, time] | None = None
    quiet: tuple[tuple[Held, Quiet, str], ...] = ()
    agreed: Mapping[str, bool] = field(default_factory=dict)
    told: tuple[tuple[Any, ...], ...] = ()
    policy: ContactPolicy = field(default_factory=ContactPolicy)
    people: int = 0
    open_case: bool = False


def may_contact(
    contact: Contact,
    purpose: Purpose,
    channel: str,
    at: datetime,
    *,
    asks: Asks | None = None,
    about: int | None = None,
) -> Decision:
    """`channel` is `email`, `phone`, or what else a client is reached by.

    Of a survey `asks` says of which kind it is, `about` which request it asks about: that one holds nothing back.
    """
    if purpose in OWED:
        return Decision(allowed=True)
    known = known_of(contact, at, about, survey=purpose == Purpose.SURVEY)
    return decide(known, purpose, channel, at, asks)


def decide(known: Known, purpose: Purpose, channel: str, at: datetime, asks: Asks | None = None) -> Decision:
    if purpose in OWED:
        return Decision(allowed=True, by=known.reach_by)
    if refused := _refused(known, purpose):
        return Decision(allowed=False, why=refused, by=known.reach_by)
    found = list(_restrictions(known, purpose, channel, at, asks))
    holding = [(why, one.ends(at)) for why, one in found if one.holds(at)]
    if not holding:
        return Decision(allowed=True, by=known.reach_by)
    why, _end = max(holding, key=lambda pair: (pair[1] is None, pair[1] or at))
    return Decision(False, why, _free([one for _why, one in found], at), known.reach_by)


def quiet_now(rows: Iterable[Mapping[str, Any]], zone: ZoneInfo, at: datetime) -> list[str]:
    """What a person is warned of before they write or ring: "until Monday, 9:00: quarter close"."""
    said = []
    for _held, quiet, reason in _quiet(rows, zone):
        if quiet.holds(at):
            until = quiet.ends(at)
            when = _("quiet until %(when)s") % {"when": moment(until, zone)} if until else _("always quiet")
            said.append(f"{when}: {reason}" if reason else when)
    return said


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A day and a time at the client's place."""
    return date_format(timezone.localtime(at, zone), "j E, G:i")


def zone_of(time_zone: str) -> ZoneInfo:
    """The client's own, else the company's."""
    return zone_named(time_zone) or zone_named(Organisation.objects.current().time_zone) or ZoneInfo("UTC")


def known_of(contact: Contact, at: datetime, about: int | None = None, *, survey: bool = True) -> Known:
    found = known_of_many([contact.pk], at, about, survey=survey)
    return found.get(contact.pk) or Known(zone_of(zone_name_of(contact)))


def known_of_many(
    contacts: Iterable[int], at: datetime, about: int | None = None, *, survey: bool = True
) -> dict[int, Known]:
    """Of each of these people, in one statement; what is open of theirs is looked up for surveys alone."""
    asked = {
        "since": at - LONGEST_CAP,
        "contacts": list(contacts),
        "about": about,
        "city": list(CITY),
    }
    return {pk: _known(*facts) for pk, *facts in run(_facts(survey), asked).fetchall()}


@cache
def _facts(survey: bool) -> str:
    """What an open case is, the rooms that know of some have said when the process began."""
    return FACTS.replace("{open_case}", cases.condition() if survey else "false")


def _known(
    time_zone: str,
    reach_by: str,
    reach_hours: str,
    quiet: Any,
    agreed: Any,
    told: Any,
    policy: Any,
    people: int,
    open_case: bool,
    place: Any,
) -> Known:
    """`place` is by what a time zone is guessed that nobody has set: telephone numbers, and cities."""
    phones, cities = _json(place) or ((), ())
    guess = guessed(phones or (), map(str, cities or ()))
    zone = zone_of(time_zone or (guess.zone if guess else ""))
    return Known(
        zone,
        reach_by,
        hours_of(reach_hours),
        tuple(_quiet(_json(quiet) or (), zone)),
        _json(agreed) or {},
        tuple(
            Told(what, datetime.fromisoformat(when), bool(theirs), person, asks, bool(same_role))
            for what, when, theirs, person, asks, same_role in _json(told) or ()
        ),
        ContactPolicy(**(_json(policy) or {})),
        people,
        open_case,
    )


def _refused(known: Known, purpose: Purpose) -> Why | None:
    needed = NEEDED[purpose]
    given = known.agreed.get(needed)
    if given is False:
        return Why("withdrawn")
    if needed is Agreed.MARKETING and not given:
        return Why("not_given")
    return Why("open_case") if purpose == Purpose.SURVEY and known.open_case else None


def _restrictions(
    known: Known, purpose: Purpose, channel: str, at: datetime, asks: Asks | None
) -> Iterable[tuple[Why, Restriction]]:
    policy = known.policy
    for held, quiet, reason in known.quiet:
        if held.covers(purpose, channel):
            yield Why("quiet", reason), quiet
    if known.reach_hours:
        yield Why("reach", said_hours(known.reach_hours)), outside(known.zone, known.reach_hours)
    if house := hours_of(policy.hours):
        yield Why("house", said_hours(house)), outside(known.zone, house)
    if purpose in NOTICES:
        cap = Cap(_times(known, NOTICES, theirs=True), policy.notices_a_day, DAY)
        yield Why("notices", str(cap.count(at))), cap
    elif purpose == Purpose.SURVEY:
        yield from _fatigue(known, at, asks)


def _fatigue(known: Known, at: datetime, asks: Asks | None) -> Iterable[tuple[Why, Restriction]]:
    """METRICS S12: any survey of a person, one of the same kind, people of their organisation, and of their role.

    An organisation is counted by people, whoever was asked twice is one of them.
    """
    policy = known.policy
    told = [Told(*one) for one in known.told if one[0] == Purpose.SURVEY]
    span, asked = timedelta(days=policy.survey_days), [one for one in told if one.theirs]
    any_of_them = Cap(tuple(sorted(one.at for one in asked)), policy.surveys_of_person, span)
    yield Why("asked", _last(known, any_of_them.times)), any_of_them
    if asks:
        rest = timedelta(days=policy.act_days if asks == Asks.ACT else policy.relation_days)
        same = Cap(tuple(sorted(one.at for one in asked if one.asks == asks)), 1, rest)
        yield Why("asked_kind", _last(known, same.times)), same
    most = policy.surveys_of_client and max(policy.surveys_of_client, known.people * policy.survey_share // 100)
    whole = Cap(_of_people(told), most, span)
    yield Why("asked_client", str(whole.count(at))), whole
    if policy.surveys_of_role is not None:
        role = Cap(_of_people(one for one in told if one.same_role), policy.surveys_of_role, span)
        yield Why("asked_role"), role


def _last(known: Known, times: tuple[datetime, ...]) -> str:
    return times[-1].astimezone(known.zone).date().isoformat() if times else ""


def _of_people(told: "Iterable[Told]") -> tuple[datetime, ...]:
    """When each person was asked last; whom is not known of a row is a person of their own."""
    last: dict[object, datetime] = {}
    for place, one in enumerate(told):
        whom: object = one.person if one.person is not None else ("unknown", place)
        last[whom] = max(one.at, last.get(whom, one.at))
    return tuple(sorted(last.values()))


def _free(restrictions: list[Restriction], at: datetime) -> datetime | None:
    """The earliest moment at which none of them holds."""
    last, here = at + timedelta(days=HORIZON), at
    while here <= last:
        ends = [one.ends(here) for one in restrictions if one.holds(here)]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return None
        if not ends:
            return here
        here = max(known)
    return None


def _times(known: Known, purposes: Iterable[str], *, theirs: bool) -> tuple[datetime, ...]:
    return tuple(sorted(one[1] for one in known.told if one[0] in purposes and (one[2] or not theirs)))


def _quiet(rows: Iterable[Mapping[str, Any]], zone: ZoneInfo) -> Iterable[tuple[Held, Quiet, str]]:
    for row in rows:
        quiet = Quiet(
            zone,
            starts_on=_read(date, row["starts_on"]),
            ends_on=_read(date, row["ends_on"]),
            month_from=row["month_from"],
            month_until=row["month_until"],
            weekdays=tuple(row["weekdays"]),
            months=tuple(row["months"]),
            hours_from=_read(time, row["hours_from"]),
            hours_until=_read(time, row["hours_until"]),
        )
        yield Held(row["holds"]), quiet, row["reason"]


def _read[T: (date, time)](kind: type[T], said: str | None) -> T | None:
    return kind.fromisoformat(said) if said else None


def said_hours(hours: tuple[time, time]) -> str:
    return "–".join(f"{one:%H:%M}".removeprefix("0") for one in hours)


def _day(said: str) -> str:
    return words.date_of(date.fromisoformat(said)) if said else ""


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
