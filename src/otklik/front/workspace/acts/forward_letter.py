"""A letter to somebody outside as its dialog has it."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import translation
from django.utils.dateparse import parse_datetime

from otklik.core.staff.models import Organisation
from otklik.core.ui.words import file_size
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets import quoting
from otklik.desk.tickets.access import ClientsView
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts import addressees, files
from otklik.front.workspace.acts.choice import Choice

OFFERED = 100
SAFE = 2**63 - 1


@dataclass
class Forward:
    """The dialog as it stands: what was typed, what goes along, what went wrong.

    `to` and `cc` are addresses, `to_more` and `cc_more` what was typed and is none yet.
    `chosen` are the messages ticked by hand, `covered` those of the whole conversation when that was asked for.
    `base` is when the draft that it goes on from was saved.
    """

    offered: Sequence[Message]
    chosen: set[int]
    covered: frozenset[int] = frozenset()
    whole: bool = False
    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    to_more: str = ""
    cc_more: str = ""
    subject: str = ""
    text: str = ""
    left_out: set[str] = field(default_factory=set)
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    doubts: Sequence[str] = ()
    base: datetime | None = None

    @property
    def stamp(self) -> str:
        return self.base.isoformat() if self.base else ""

    @property
    def people(self) -> list[str]:
        return [*self.to, *self.cc]

    @property
    def going(self) -> list[Message]:
        return [message for message in self.offered if message.pk in self.chosen or message.pk in self.covered]

    @property
    def _files(self) -> list[Attachment]:
        return [file for message in self.going for file in message.attachments.all()]

    @property
    def attachments(self) -> list[Attachment]:
        """Of the chosen messages; what no scanner has found clean goes nowhere."""
        return [file for file in self._files if file.is_for_clients]

    @property
    def kept_back(self) -> list[Attachment]:
        return [file for file in self._files if not file.is_for_clients]

    @property
    def ticked(self) -> list[Attachment]:
        return [file for file in self.attachments if str(file.key) not in self.left_out]

    @property
    def rows(self) -> list[tuple[Attachment, bool]]:
        return [(file, str(file.key) not in self.left_out) for file in self.attachments]

    @property
    def messages(self) -> list[tuple[Message, bool, bool]]:
        """(message, ticked by hand, goes along anyway), the newest first."""
        return [(one, one.pk in self.chosen, one.pk in self.covered) for one in reversed(self.offered)]

    @property
    def size(self) -> str:
        return file_size(sum(file.size for file in self.ticked))

    @property
    def most(self) -> str:
        return file_size(files.most_bytes())

    @property
    def is_too_large(self) -> bool:
        return sum(file.size for file in self.ticked) > files.most_bytes()

    def check_people(self) -> None:
        """What was typed joins the addresses, each once.  Raises Invalid for what is no address."""
        self.to = addressees.checked([*self.to, self.to_more], "to")
        self.to_more = ""
        copies = addressees.checked([*self.cc, self.cc_more], "cc")
        self.cc, self.cc_more = [address for address in copies if address not in self.to], ""

    def kept(self, choice: Choice | None) -> dict[str, Any]:
        """For a draft, beside the text; empty when nothing was written to nobody yet."""
        to, cc = addressees.bare([*self.to, self.to_more]), addressees.bare([*self.cc, self.cc_more])
        if not (to or cc or self.text.strip()):
            return {}
        people = {"to": to, "cc": cc, "subject": self.subject[:1000], "messages": sorted(self.chosen)}
        next_step = {"next": choice.next, **choice.plain()} if choice else {}
        return {**people, "whole": self.whole, "left_out": sorted(self.left_out), **next_step}


def begun(ticket: Ticket, named: str, draft: Draft | None) -> Forward:
    """As it was left, with the message that is named now; else that message or the client's last letter."""
    form = draft.form if draft else {}
    whole = bool(form.get("whole"))
    kept, covered = set(form.get("messages", [])), _whole(ticket) if whole else frozenset()
    offered = _offered(ticket, {*kept, *covered, *_numbers([named])})
    chosen = {message.pk for message in offered if str(message.pk) == named or message.pk in kept}
    with translation.override(Organisation.objects.current().language):
        subject = form.get("subject") or quoting.subject_of(ticket.subject)
    letter = Forward(offered, chosen, covered, whole, subject=subject, left_out=set(form.get("left_out", [])))
    if not chosen and not whole:
        letter.chosen = _last_of_client(ticket, offered)
    if draft:
        letter.to, letter.cc, letter.text = form.get("to", []), form.get("cc", []), draft.text
        letter.base = draft.saved_at
    return letter


def posted(ticket: Ticket, data: QueryDict) -> Forward:
    chosen = _numbers(data.getlist("messages"))
    whole = data.get("whole") == "on"
    covered = _whole(ticket) if whole else frozenset()
    letter = Forward(
        _offered(ticket, chosen | covered),
        chosen,
        covered,
        whole,
        to=data.getlist("to"),
        cc=data.getlist("cc"),
        to_more=data.get("to_more", ""),
        cc_more=data.get("cc_more", ""),
        subject=data.get("subject", ""),
        text=data.get("text", ""),
        left_out=set(data.getlist("shown")) - set(data.getlist("file")),
    )
    letter.key = data.get("key") or letter.key
    letter.base = moment_of(data.get("base", ""))
    return letter


def moment_of(stamp: str) -> datetime | None:
    """When the draft that a window shows was saved; None for one that began with nothing."""
    try:
        return parse_datetime(stamp)
    except ValueError:
        return None


def _numbers(written: Iterable[str]) -> set[int]:
    return {int(one) for one in written if one.isdecimal() and int(one) < SAFE}


def _offered(ticket: Ticket, also: Collection[int] = ()) -> list[Message]:
    """The newest, oldest first; a chosen one stays however old it is."""
    rows = ticket.forwardable.defer("search", "html").prefetch_related("attachments").order_by("-id")
    newest = list(rows[:OFFERED])
    older = rows.filter(pk__in=also).exclude(pk__in=[message.pk for message in newest])
    return [*newest, *older][::-1]


def _whole(ticket: Ticket) -> frozenset[int]:
    """The conversation with the client: what another third party wrote, or got from us, is ticked by hand."""
    view = ClientsView.of(ticket)
    said = ticket.forwardable.from_people().defer("search", "html", "text")
    return frozenset(message.pk for message in said if view.covers(message))


def _last_of_client(ticket: Ticket, offered: Sequence[Message]) -> set[int]:
    theirs = [one.pk for one in offered if one.contact_id == ticket.contact_id and not one.automatic]
    return set(theirs[-1:] or [message.pk for message in offered[-1:]])
