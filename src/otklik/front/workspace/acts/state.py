"""What the composer of one person in one ticket begins with, in one statement."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import ngettext

from otklik.core.formulas.business_time import WorkingTime
from otklik.core.journal import clock
from otklik.core.journal.bare import run
from otklik.core.recent import Recent, RecentBy
from otklik.core.staff.models import Organisation, Team, User
from otklik.desk.channels.nearness import FRESH
from otklik.desk.channels.port import talk_on
from otklik.desk.tickets import company
from otklik.desk.tickets.company import Companion
from otklik.desk.tickets.models import Habits, Ticket

LATER = """
    SELECT json_agg(json_build_object('id', d.id, 'name', u.name, 'text', left(d.text, 300), 'leaves', d.leave_at,
            'mine', u.id = %(me)s) ORDER BY d.leave_at)
        FROM conversations_draft d JOIN staff_user u ON u.id = d.author_id
        WHERE d.conversation_id = %(conversation)s AND d.mode = 'later'
"""
SQL = f"""
SELECT
    (SELECT json_agg(json_build_object('mode', mode, 'text', text, 'form', form, 'saved_at', saved_at))
        FROM conversations_draft
        WHERE conversation_id = %(conversation)s AND author_id = %(me)s AND mode IN ('reply', 'note')),
    (SELECT json_build_object('author', author_address, 'to', "to", 'cc', cc)
        FROM conversations_message
        WHERE conversation_id = %(conversation)s AND direction = 'in' AND automatic IN ('', 'list')
            AND contact_id = %(contact)s AND authenticity <> 'failed' AND taken_back_at IS NULL
        ORDER BY id DESC LIMIT 1),
    (SELECT json_agg(json_build_object('id', c.id, 'kind', c.kind, 'address', c.address, 'name', c.name,
            'line', c.team_id, 'usual', c.id = v.channel_id) ORDER BY c.id = v.channel_id DESC, c.name, c.id)
        FROM channels_channel c, conversations_conversation v
        WHERE v.id = %(conversation)s AND c.kind <> 'phone' AND (c.is_active OR c.id = v.channel_id)),
    (SELECT json_agg(lower(address)) FROM channels_channel),
    (SELECT json_agg(json_build_object('name', u.name, 'portrait', u.portrait, 'doing', p.doing)
            ORDER BY array_position(ARRAY['writes', 'notes', 'reads'], p.doing::text), u.name)
        FROM tickets_presence p JOIN staff_user u ON u.id = p.user_id
        WHERE p.ticket_id = %(ticket)s AND p.user_id <> %(me)s AND p.at >= %(fresh)s),
    (SELECT json_build_object('starts', v.starts_at, 'what', p.what)
        FROM tickets_visit v JOIN tickets_promise p ON p.id = v.promise_id
        WHERE v.ticket_id = %(ticket)s AND p.done_at IS NULL AND p.moved_at IS NULL AND p.taken_back_at IS NULL
            AND p.until >= %(now)s AND p.agreed IS NOT FALSE),
    (SELECT json_agg(json_build_array(address, name, how, of_client)) FROM ({company.SQL}) AS beside),
    ({LATER})
"""  # noqa: S608 - a constant of ours
KEPT = 30.0


@dataclass(frozen=True)
class Kept:
    """A draft as it was saved."""

    mode: str
    text: str
    form: dict[str, Any]
    saved_at: datetime


@dataclass(frozen=True)
class Here:
    """A colleague at the ticket; has what an avatar needs."""

    name: str
    portrait: str
    doing: str

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


def writers(here: Sequence[Here]) -> str:
    """A warning at the send button, "" when nobody else is answering."""
    names = [one.first_name for one in here if one.doing == "writes"]
    if not names:
        return ""
    said = ngettext("%(names)s is answering already", "%(names)s are answering already", len(names))
    return said % {"names": ", ".join(names)}


@dataclass(frozen=True)
class Door:
    """A mailbox of ours; the `usual` one is where the talk began, and comes first."""

    id: int
    kind: str
    address: str
    name: str
    line: int
    usual: bool


@dataclass(frozen=True)
class Coming:
    """A visit that the client waits for: when it begins, and how the promise names it."""

    starts: datetime
    what: str


@dataclass(frozen=True)
class Later:
    """A letter of a colleague, or one's own, that leaves at its moment: how it begins."""

    id: int
    name: str
    text: str
    leaves: datetime
    mine: bool


@dataclass(frozen=True)
class State:
    """Drafts of the person, the client's last letter ({} when there is none), our doors and addresses, who is here.

    `company` is who takes part beside the client, `visit` what they wait for where somebody comes to them.

    What a stranger wrote into the talk, or somebody in the client's name, never says to whom a reply goes.
    """

    drafts: list[Kept]
    letter: dict[str, Any]
    doors: list[Door]
    ours: set[str]
    here: list[Here]
    company: list[Companion]
    visit: Coming | None = None
    later: Sequence[Later] = ()


def of(ticket: Ticket, user: User) -> State:
    now = clock.now()
    parameters: dict[str, Any] = {**company.parameters(ticket), "me": user.pk, "fresh": now - FRESH, "now": now}
    found = run(SQL, parameters).fetchone()
    drafts, letter, doors, ours, here, visit, beside, later = (_object(value) for value in found)
    return State(
        [Kept(**{**each, "saved_at": parse_datetime(each["saved_at"])}) for each in drafts or []],
        letter or {},
        _doors([Door(**each) for each in doors or []], ticket.team_id),
        set(ours or []),
        [Here(**each) for each in here or []],
        company.read(beside or []),
        Coming(datetime.fromisoformat(visit["starts"]), visit["what"]) if visit else None,
        _later(later),
    )


def later(ticket: Ticket, user: User) -> list[Later]:
    """Letters of this request that wait for their moment, the next one first."""
    (found,) = run(LATER, {"conversation": ticket.conversation_id, "me": user.pk}).fetchone()
    return _later(_object(found))


def _later(rows: Any) -> list[Later]:
    return [Later(**{**each, "leaves": datetime.fromisoformat(each["leaves"])}) for each in rows or []]


def _doors(found: list[Door], line: int) -> list[Door]:
    """Where people have spoken by telephone a mailbox of the line is the usual one (`Channel.objects.for_letters`)."""
    if not found or found[0].usual:
        return found
    found = [door for door in found if not talk_on(door.kind).is_chat]
    if not found:
        return found
    usual = next((door for door in found if door.line == line), found[0])
    return [replace(usual, usual=True), *(door for door in found if door.id != usual.id)]


def _object(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


_working: RecentBy[int, WorkingTime] = RecentBy(KEPT)
_habits: RecentBy[int, Habits] = RecentBy(KEPT)
_house: Recent[Organisation] = Recent(KEPT)


def working_time(team_id: int) -> WorkingTime:
    """Hours of a line, for presets of dates; kept in the process for half a minute."""
    return _working.get(team_id, lambda: _hours_of(team_id))


def _hours_of(team_id: int) -> WorkingTime:
    return Team.objects.select_related("calendar").get(pk=team_id).calendar.working_time()


def approved_reasons(team_id: int) -> frozenset[str]:
    """Refusals that a lead of the line sees first, kept likewise."""
    return frozenset(_habits_of(team_id).approved_reasons)


def asks_owner(team_id: int) -> bool:
    """Whether one is asked before one answers in somebody else's request of this line, kept likewise."""
    return _habits_of(team_id).asks_owner


def usual_next(team_id: int) -> str:
    """What follows an answer of this line until its author chooses ("promise", "wait", "resolve"), kept likewise."""
    return _habits_of(team_id).usual_next or "promise"


def _habits_of(team_id: int) -> Habits:
    return _habits.get(team_id, lambda: Habits.objects.of_line(team_id))


def house() -> Organisation:
    """The company, kept likewise."""
    return _house.get(Organisation.objects.current)
