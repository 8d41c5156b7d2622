"""The composer as it stands on the page: what was typed, what is offered, what went wrong."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, lru_cache, partial
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.middleware import zone
from otklik.core.ui.show import wants_part
from otklik.desk.channels.glyphs import glyph_of
from otklik.desk.channels.port import Reach, Talk, talk_on
from otklik.desk.clients.models import Identity
from otklik.desk.clients.policy import quiet_now
from otklik.desk.conversations import placed
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets import ways_out, window
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.company import Companion
from otklik.desk.tickets.models import NextStep, RefusalReason, Ticket
from otklik.desk.tickets.presets import Hours
from otklik.desk.tickets.window import Window
from otklik.front.workspace.acts import addressees, going, state
from otklik.front.workspace.acts.addressees import Addressees
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.files import most_bytes
from otklik.front.workspace.acts.offered import Offer, Preset
from otklik.front.workspace.acts.sent import Sent
from otklik.front.workspace.acts.state import Coming, Door, Here, Kept, Later, State
from otklik.front.workspace.door import person
from otklik.front.workspace.menu import curator_of
from otklik.front.workspace.odd_hours import OddHour, odd_hour

TEMPLATE = "workspace/composer/composer.html#form"
MORNING = 9


@dataclass
class Composer:
    """One person's composer in one ticket."""

    ticket: Ticket
    user: User
    mode: str = "reply"
    text: str = ""
    note: str = ""
    choice: Choice = field(default_factory=Choice)
    people: Addressees = field(default_factory=Addressees)
    files: Sequence[Attachment] = ()
    note_files: Sequence[Attachment] = ()
    errors: dict[str, str] = field(default_factory=dict)
    doubts: Sequence[str] = ()
    away: str = ""
    newer: Sequence[Message] = ()
    remark: str = ""
    unfilled: str = ""
    foreign: str = ""
    takes_over: bool = False
    later: Sequence[Later] = ()
    leaves_later: bool = False
    leave_at: str = ""
    sent: Sent | None = None
    here: Sequence[Here] = ()
    company: Sequence[Companion] = ()
    visit: Coming | None = None
    history: bool = False
    doors: Sequence[Door] = ()
    via: int = 0
    stamps: dict[str, str] = field(default_factory=dict)
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    seen: int = 0
    drafted: datetime | None = None
    note_drafted: datetime | None = None
    after: str = "stay"
    one_more: bool = False
    view: str = ""
    begin_in: str = ""
    now: datetime = field(default_factory=clock.now)

    @classmethod
    def begin(
        cls, ticket: Ticket, user: User, view: str = "", begin_in: str = "", said: Message | None = None
    ) -> "Composer":
        """As the person left it: both drafts, or empty; `said` is the reply that they have sent this moment."""
        found = state.of(ticket, user)
        composer = cls(ticket, user, view=view, seen=ticket.last_message_id or 0, begin_in=begin_in)
        composer.learn(found)
        composer.choice = Choice(next=state.usual_next(ticket.team_id))
        if found.visit and found.visit.starts > composer.now:
            composer.choice = Choice.until_visit(found.visit.starts, found.visit.what)
        for draft in found.drafts:
            composer._restore(draft)
        composer.sent = Sent.just(ticket, said) if said else Sent.of(ticket, user)
        if begin_in in ("reply", "note"):
            composer.mode = begin_in
        return composer

    def learn(self, found: State) -> None:
        """Who is here, who took part in the talk, and from which mailboxes this person may answer."""
        self.here, self.company, self.visit = found.here, found.company, found.visit
        self.later = found.later
        self.stamps = {draft.mode: draft.saved_at.isoformat() for draft in found.drafts}
        may_use = partial(ways_out.may_use, self.user, self.ticket)
        self.doors = [door for door in found.doors if door.usual or may_use(kind=door.kind, line=door.line)]
        self.people = addressees.of(self.ticket, found)

    def _restore(self, draft: Kept) -> None:
        keys = [*draft.form.get("files", []), *placed.keys_in(draft.text)]
        files = Attachment.objects.unsent(self.ticket.conversation, self.user, keys) if keys else []
        if draft.mode == "note":
            self.note, self.note_files, self.note_drafted = draft.text, files, draft.saved_at
            return
        self.text, self.files, self.drafted = draft.text, files, draft.saved_at
        self.choice = Choice.kept(draft.form)
        self.history = bool(draft.form.get("history"))
        self.via = draft.form.get("via", 0)
        if "to" in draft.form:
            kept_out = {one.address for one in self.company if one.standing == "out"}
            cc = [address for address in draft.form.get("cc", []) if address not in kept_out]
            self.people = self.people.chosen(draft.form["to"], cc)

    @property
    def talk(self) -> Talk:
        """How people write on the channel of the request."""
        return talk_on(self.ticket.channel_kind)

    @property
    def is_chat(self) -> bool:
        return self.ticket.is_chat

    @property
    def mailbox(self) -> Door | None:
        """From which a letter may go to somebody of a chat: one of the line of the request first."""
        mailboxes = [door for door in self.doors if not door.usual] if self.is_chat else []
        return min(mailboxes, key=lambda door: (door.line != self.ticket.team_id, door.id), default=None)

    @property
    def chat_closed(self) -> Identity | None:
        """By which the client is known in the chat, when nothing arrives there."""
        known = self.ticket.contact.identities.all() if self.is_chat else ()
        return next((one for one in known if one.value in self.people.to and one.failed_at), None)

    @property
    def reach(self) -> Reach | None:
        """Whether the client is there to read it, where the channel can tell."""
        told = self.talk.reach
        if told is None:
            return None
        theirs = [one.value for one in self.ticket.contact.identities.all() if one.kind == self.ticket.channel_kind]
        return next((told(one) for one in (*self.people.to, *reversed(theirs)) if one in theirs), None)

    @cached_property
    def window(self) -> Window | None:
        """Until when the messenger takes what we write; None where it never closes."""
        return window.of(self.ticket, self.people.to[0]) if self.is_chat and self.people.to else None

    @property
    def is_shut(self) -> bool:
        return self.window is not None and not self.window.is_open_at(self.now)

    @property
    def returning(self) -> list[Identity]:
        """Addresses of the client among the chosen ones from which our letters come back."""
        chosen = {*self.people.to, *self.people.cc}
        return [one for one in self.ticket.contact.identities.all() if one.failed_at and one.value in chosen]

    @cached_property
    def curator(self) -> str:
        """Who reads first what this person writes; "" in a live talk with somebody who is there, and for most of us."""
        found = curator_of(self.user)
        if found and self.is_chat and not self.via:
            there = self.reach
            return "" if there is None or there.is_here else found
        return found

    @property
    def door(self) -> Door | None:
        """The mailbox that the answer leaves from."""
        return next((door for door in self.doors if door.id == self.via), self.doors[0] if self.doors else None)

    @property
    def can_write(self) -> bool:
        return can_answer(self.user, self.ticket) and not self.ticket.merged_into_id

    @cached_property
    def client_zone(self) -> ZoneInfo:
        """The client's own time zone where we know it, else the company's."""
        return zone(self.ticket.contact.time_zone) or ZoneInfo(state.house().time_zone)

    @property
    def channel_glyph(self) -> str:
        return glyph_of(self.ticket.channel_kind)

    @property
    def channel_words(self) -> str:
        """The audience and the way, on the mode's own button."""
        names = {
            "email": _("Answer by mail"),
            "telegram": _("Answer in Telegram"),
            "chat": _("Answer in the chat"),
            "form": _("Answer by mail"),
        }
        return names.get(self.ticket.channel_kind, _("Answer"))

    @property
    def greeting(self) -> str:
        """What the empty field says: to whom one writes."""
        return _("Write to: %(name)s") % {"name": self.ticket.contact.called}

    @property
    def doer(self) -> str:
        return (self.ticket.owner or self.user).first_name

    @property
    def writers(self) -> str:
        return state.writers(self.here)

    @property
    def newest(self) -> int:
        """The last message of the news, which "send anyway" takes as read."""
        return max((message.pk for message in self.newer), default=self.seen)

    @property
    def promise_short(self) -> str:
        return next((date.short for date in self.promise_dates if date.chosen), _("by the date"))

    @property
    def page_address(self) -> str:
        return going.ticket_page(self.ticket, self.view)

    @property
    def next_address(self) -> str:
        return going.next_page(self.ticket, self.view)

    @property
    def link(self) -> str:
        """For a colleague: the address without the list."""
        return going.link_to(self.ticket.number)

    @property
    def clients_time(self) -> str:
        return f"{self.clients_clock:%H:%M}"

    @cached_property
    def clients_clock(self) -> datetime:
        return self.now.astimezone(self.client_zone)

    @cached_property
    def odd_hour(self) -> OddHour | None:
        return odd_hour(self.clients_clock)

    @property
    def quiet(self) -> list[str]:
        """Quiet periods of the client that stand now: a warning, never a bar."""
        rows = getattr(self.ticket, "quiet", ())
        return quiet_now(rows, self.client_zone, self.now) if rows else []

    @cached_property
    def lives_elsewhere(self) -> bool:
        """The client's clock shows another hour than the agent's, or nobody knows: then nothing is said."""
        here = timezone.localtime(self.now)
        return bool(self.ticket.contact.time_zone) and here.utcoffset() != self.clients_clock.utcoffset()

    @cached_property
    def hours(self) -> Hours:
        return Hours(state.working_time(self.ticket.team_id), self.client_zone)

    @property
    def moves_date(self) -> bool:
        """A new promise would move the one that stands; an overdue one is broken, and not moved any more.

        That somebody comes is moved by the visit itself.
        """
        if self.visit:
            return "promise_why" in self.errors
        standing = self.promised
        return (standing is not None and standing >= clock.now()) or "promise_why" in self.errors

    @property
    def promised(self) -> datetime | None:
        """The date that the client was given and that stands, as far as the row knows it."""
        standing: datetime | None = getattr(self.ticket, "promised_until", None)
        if standing is None and self.ticket.next_step == NextStep.KEEP_PROMISE:
            return self.ticket.due_at
        return standing

    @cached_property
    def promise_dates(self) -> Sequence[Preset]:
        return self._offered("promise")

    @cached_property
    def wait_dates(self) -> Sequence[Preset]:
        return self._offered("wait")

    @cached_property
    def aside_dates(self) -> Sequence[Preset]:
        return self._offered("aside")

    def _offered(self, name: str) -> Sequence[Preset]:
        """The presets with the chosen one; without a choice the first."""
        offer = Offer.of(name, self.now, self.hours, tell_theirs=self.lives_elsewhere)
        if self.choice.next != name or not (self.choice.until or self.choice.other):
            return offer.untouched()
        return offer.with_own() if self.choice.until == "other" else offer.with_choice(self.choice.moment, self.now)

    @property
    def earliest(self) -> str:
        """For `min` of a date field."""
        return f"{timezone.localtime(self.now):%Y-%m-%dT%H:%M}"

    @property
    def leave_moment(self) -> str:
        """For the field of a letter that leaves later: what was chosen, else the client's next morning."""
        if self.leave_at:
            return self.leave_at
        morning = self.clients_clock.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        if morning <= self.clients_clock:
            morning += timedelta(days=1)
        return f"{timezone.localtime(morning):%Y-%m-%dT%H:%M}"

    @property
    def waits_already(self) -> bool:
        return any(one.mine for one in self.later)

    @property
    def can_leave_later(self) -> bool:
        """One letter waits for its moment, and what a curator reads leaves when they have read it."""
        return not self.waits_already and not curator_of(self.user)

    @property
    def refuses(self) -> bool:
        """A refusal was begun: its part of the form is not the empty one."""
        chosen = self.choice
        begun = chosen.reason or chosen.explanation or chosen.alternatives or not chosen.consulted
        return bool(self.errors or self.one_more or begun)

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """With the word that a lead sees it first, where the line wants that."""
        return _reasons(frozenset(state.approved_reasons(self.ticket.team_id)), get_language())

    @property
    def offers(self) -> tuple[str, ...]:
        """Rows of alternatives: what was typed, one empty row when there is none or one more was asked for."""
        more = [""] if self.one_more or not self.choice.alternatives else []
        return (*self.choice.alternatives, *more)

    @property
    def placed(self) -> list[str]:
        """Keys of the pictures that stand in the text, of the note too: their rows name no file of their own."""
        return [*placed.keys_in(self.text), *placed.keys_in(self.note)]

    @property
    def most_bytes(self) -> int:
        return most_bytes(self.ticket)

    def fail(self, name: str, text: str) -> None:
        self.errors[self.choice.field_of(name) or "form"] = text


@lru_cache(64)
def _reasons(seen: frozenset[str], _language: str | None) -> tuple[tuple[str, str], ...]:
    first = _("%(reason)s (a lead approves it)")
    return tuple(
        (value, first % {"reason": label} if value in seen else str(label)) for value, label in RefusalReason.choices
    )


def answer(request: HttpRequest, composer: Composer, status: int = 200, *, fresh: bool = False) -> HttpResponse:
    """The composer alone for htmx, else a small page with it.

    A composer that goes on keeps its elements (and with them caret and undo of the text); a fresh one replaces it.
    """
    context = {"ticket": composer.ticket, "composer": composer, "now": composer.now}
    if not wants_part(request):
        return render(request, "workspace/composer/page.html", context, status=status)
    response = render(request, TEMPLATE, context, status=status)
    response["HX-Retarget"] = "#composer"
    response["HX-Reswap"] = "outerHTML" if fresh else "outerMorph"
    return response


def composer(ticket: Ticket, request: HttpRequest, view: str = "", **narrowed: str) -> Composer:
    """For the page of a ticket, opened from a list (`view` and what narrows it); one statement, rarely more."""
    given = {name: value for name, value in {"view": view, **narrowed}.items() if value}
    begin_in = request.GET.get("compose", "")
    return Composer.begin(ticket, person(request), urlencode(given), begin_in)
