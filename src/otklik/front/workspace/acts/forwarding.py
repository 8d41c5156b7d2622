"""Letters of a request for somebody outside: a supplier, a colleague of another company."""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Organisation, User
from otklik.core.ui.show import show, wants_part
from otklik.core.ui.words import file_size
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets import quoting
from otklik.desk.tickets.access import ClientsView
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PutAside
from otklik.front.workspace.acts import addressees, files, state
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.composing import Composer
from otklik.front.workspace.acts.doors import act, announce, done
from otklik.front.workspace.acts.doubts import returned
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/forward.html"
OFFERED = 100
SAFE = 2**63 - 1
KEPT = timedelta(days=1)


@dataclass
class Forward:
    """The dialog as it stands: what was typed, what goes along, what went wrong.

    `chosen` are the messages ticked by hand, `covered` those of the whole conversation when that was asked for.
    """

    offered: Sequence[Message]
    chosen: set[int]
    covered: frozenset[int] = frozenset()
    whole: bool = False
    to: str = ""
    subject: str = ""
    text: str = ""
    left_out: set[str] = field(default_factory=set)
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    doubts: Sequence[str] = ()

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


@act("GET", "POST")
def forward(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """422: something is missing or looks wrong (`sure` sends); `act=look` only draws anew what goes along."""
    composer = Composer(ticket, person(request), choice=Choice(next="aside"))
    letter = _posted(request, ticket) if request.method == "POST" else _begun(request, ticket)
    context: dict[str, Any] = {"composer": composer, "letter": letter, "next": request.POST.get("next", "")}
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, context)
    composer.choice = Choice.posted(request.POST) if context["next"] == "aside" else composer.choice
    if request.POST.get("act") == "look":
        told = {"ticket": ticket, "now": clock.now(), "view": request.POST.get("view", ""), **context}
        return show(request, TEMPLATE, told, part="along")
    try:
        message = _send(request, ticket, letter, composer)
    except Refused as error:
        message = None
        composer.fail(error.field, error.text)
    if message is None:
        return dialog(request, ticket, TEMPLATE, context, 422)
    return _sent(request, ticket, message)


def _begun(request: HttpRequest, ticket: Ticket) -> Forward:
    """One message that was named, else the client's last letter; the text of what this person has taken back."""
    offered = _offered(ticket)
    named = request.GET.get("message", "")
    chosen = {message.pk for message in offered if str(message.pk) == named} or _last_of_client(ticket, offered)
    with translation.override(Organisation.objects.current().language):
        letter = Forward(offered, chosen, subject=quoting.subject_of(ticket.subject))
    if again := _taken_back(ticket, person(request)):
        letter.to, letter.subject, letter.text = ", ".join(again.to), again.subject, again.new_text
    return letter


def _posted(request: HttpRequest, ticket: Ticket) -> Forward:
    data = request.POST
    chosen = {int(one) for one in data.getlist("messages") if one.isdecimal() and int(one) < SAFE}
    whole = data.get("whole") == "on"
    covered = _whole(ticket) if whole else frozenset()
    letter = Forward(
        _offered(ticket, chosen | covered),
        chosen,
        covered,
        whole,
        to=data.get("to", ""),
        subject=data.get("subject", ""),
        text=data.get("text", ""),
        left_out=set(data.getlist("shown")) - set(data.getlist("file")),
    )
    letter.key = data.get("key") or letter.key
    return letter


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


def _taken_back(ticket: Ticket, by: User) -> Message | None:
    """What this person forwarded last here, when they have just taken it back."""
    said = ticket.conversation.messages.filter(author=by, outbound__kind=Outbound.Kind.FORWARD).order_by("-id").first()
    return said if said and said.taken_back_at and said.taken_back_at > clock.now() - KEPT else None


def _send(request: HttpRequest, ticket: Ticket, letter: Forward, composer: Composer) -> Message | None:
    """None when something looks wrong, and one more press sends."""
    by = person(request)
    to = addressees.checked([letter.to], "to")
    files.check_size(letter.ticked)
    if not request.POST.get("sure"):
        letter.doubts = _doubts(ticket, by, to)
        if letter.doubts and letter.text.strip():
            return None
        letter.doubts = ()
    return ticket.forward(
        letter.text,
        by=by,
        to=to,
        subject=letter.subject,
        messages=[message.pk for message in letter.going],
        files=letter.ticked,
        then=_step(composer, to) if request.POST.get("next") == "aside" else None,
        key=letter.key,
        undo=Organisation.objects.current().undo_window(by),
    )


def _step(composer: Composer, to: Sequence[str]) -> PutAside:
    step = composer.choice.step()
    assert isinstance(step, PutAside)
    return PutAside(step.until, _("wait for %(who)s") % {"who": ", ".join(to)[:200]})


def _doubts(ticket: Ticket, by: User, to: Sequence[str]) -> list[str]:
    ours = state.of(ticket, by).ours
    theirs = ClientsView.of(ticket).addresses
    found = [_("%(address)s is a mailbox of ours.") % {"address": one} for one in to if addressees.is_known(one, ours)]
    found += [_("%(address)s is the client: they will read it.") % {"address": one} for one in to if one in theirs]
    return found + returned(to, clock.now())


def _sent(request: HttpRequest, ticket: Ticket, message: Message) -> HttpResponse:
    """One press takes it back as long as it waits."""
    assert message.outbound is not None
    text = _("Forwarded to %(who)s") % {"who": ", ".join(message.to)}
    response = done(request, ticket, text)
    left = (message.outbound.not_before - clock.now()).total_seconds()
    if left < 1 or not wants_part(request):
        return response
    undo = reverse("workspace:take_back", args=[ticket.number, message.pk])
    news = {"target": "body", "text": text, "undo": undo, "stay": round(left * 1000)}
    return announce(response, {**json.loads(response["HX-Trigger"]), "say": news})
