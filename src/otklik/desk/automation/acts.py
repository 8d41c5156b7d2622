"""What a rule or a macro can do: the verbs of tickets, each with what it has to know."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.models import Notice, NoticeKind
from otklik.core.journal.news import publish
from otklik.core.staff.models import Role, Team, User
from otklik.desk.automation import calling, recipients
from otklik.desk.automation.doing import Act, Choices, Doer, Given, Input
from otklik.desk.automation.events import PeopleTold, ProgramCalled
from otklik.desk.automation.models import Endpoint, Macro
from otklik.desk.clients.models import Product
from otklik.desk.clients.tone import tone_of
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets import letters
from otklik.desk.tickets.access import can_give
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.known import values_of
from otklik.desk.tickets.models import Field, Priority, Ticket, Topic
from otklik.desk.tickets.models.tag import normalised

QUEUE = NONE = "0"
PLACES = _("places such as {{number}} and {{client}} are filled in")


def _filled(ticket: Ticket, text: str) -> str:
    """For colleagues: whose name nobody knows is their address or number."""
    values = values_of(ticket, ticket.owner)
    return placeholders.filled(text, values | {"client": values["client"] or ticket.contact.called})


class Tell(Act):
    name, label = "tell", _("tell")
    inputs = (
        Input("whom", _("Whom"), "choice", recipients.choices),
        Input("text", _("What to say"), longest=300, hint=PLACES),
    )
    urgent = False

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        people = [person.pk for person in recipients.people_of(ticket, told["whom"])]
        if not people and told["whom"].isdecimal():
            raise Invalid(_now("This person may not see the request."), "whom")
        if not people:
            raise Conflict(_now("There is nobody to tell."))
        text = _filled(ticket, told["text"])
        Notice.objects.tell(people, text, kind=NoticeKind.RULE, about="ticket", about_id=ticket.pk, urgent=self.urgent)
        publish(PeopleTold(ticket_id=ticket.pk, people=people, text=text, urgent=self.urgent), by=doer.by)
        return True


class Page(Tell):
    """As `tell`, and a letter at once."""

    name, label, urgent = "page", _("call at once (with a letter)"), True


class PassOn(Act):
    name, label = "line", _("pass to the line")
    inputs = (
        Input("line", _("Line"), "choice", lambda: [(str(one.pk), one.name) for one in Team.objects.active()]),
        Input("expected", _("What they are expected to do"), longest=500),
    )

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        if str(ticket.team_id) == told["line"]:
            return False
        team = Team.objects.active().filter(pk=told["line"]).first()
        if team is None:
            raise Invalid(_now("This line is not in use any more."), "line")
        brief = Brief.of(ticket.subject or _now("(no subject)"), "", _filled(ticket, told["expected"]))
        ticket.hand_over(team, brief, by=doer.by, signed=doer.signed)
        return True


def _answering() -> Choices:
    people = User.objects.filter(is_active=True).exclude(role=Role.QUALITY).order_by("name")
    return [(QUEUE, _now("nobody: the queue of the line")), *((str(one.pk), one.name) for one in people)]


class Give(Act):
    name, label = "owner", _("give to")
    inputs = (Input("owner", _("Whom"), "choice", _answering),)

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        if doer.by and not can_give(doer.by, ticket):
            raise Conflict(
                _now("%(name)s works on it. Only a lead gives it to somebody else.") % {"name": ticket.owner}
            )
        owner = None if told["owner"] == QUEUE else User.objects.filter(pk=told["owner"]).first()
        if owner is None and told["owner"] != QUEUE:
            raise Invalid(_now("This person does not work here any more."), "owner")
        if (owner.pk if owner else None) == ticket.owner_id:
            return False
        ticket.must_be_open()
        ticket.assign(owner, by=doer.by)
        return True


class Prioritise(Act):
    name, label = "priority", _("set the priority")
    inputs = (
        Input(
            "priority",
            _("Priority"),
            "choice",
            lambda: [(str(value), str(label)) for value, label in reversed(Priority.choices)],
        ),
    )

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        was = ticket.priority
        ticket.prioritise(int(told["priority"]), by=doer.by)
        return ticket.priority != was


class MarkUpset(Act):
    name, label = "upset", _("mark whether the client is upset")
    inputs = (
        Input(
            "upset",
            _("The client"),
            "choice",
            lambda: [("yes", _now("is upset")), ("no", _now("is calm"))],
        ),
    )

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        was = ticket.is_upset
        mark = ticket.mark_upset if told["upset"] == "yes" else ticket.mark_calm
        mark(by=doer.by)
        return ticket.is_upset != was


def _topics() -> Choices:
    tree = Topic.objects.tree()
    return [(str(topic.pk), tree.said(topic.pk)) for _level, topic in tree.walk() if tree.in_use(topic.pk)]


class Classify(Act):
    name, label = "topic", _("set the topic")
    inputs = (Input("topic", _("Topic"), "choice", _topics),)

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        was, topic = ticket.topic_id, Topic.objects.filter(pk=told["topic"]).first()
        if topic is None:
            raise Invalid(_now("This topic is not in use any more."), "topic")
        ticket.classify(topic, by=doer.by)
        return ticket.topic_id != was


def _products() -> Choices:
    return [(NONE, _now("none")), *((str(one.pk), one.name) for one in Product.objects.filter(is_active=True))]


class NameProduct(Act):
    """Which product it is about; a class promised for it covers the request then."""

    name, label = "product", _("set the product")
    inputs = (Input("product", _("Product"), "choice", _products),)

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        was, chosen = ticket.product_id, told["product"]
        product = None if chosen == NONE else Product.objects.filter(pk=chosen).first()
        if product is None and chosen != NONE:
            raise Invalid(_now("This product is not in use any more."), "product")
        ticket.name_product(product, by=doer.by)
        return ticket.product_id != was


class AddTags(Act):
    name, label = "tag", _("add tags")
    inputs = (Input("tags", _("Tags"), hint=_("several are divided by commas")),)

    def read(self, given: Given) -> dict[str, str]:
        words = normalised([super().read(given)["tags"]])
        if not words:
            raise Invalid(_now("Write at least one word."), "tags")
        return {"tags": ", ".join(words)}

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        was = list(ticket.tags)
        ticket.tag(self.after(was, normalised([told["tags"]])), by=doer.by)
        return list(ticket.tags) != was

    def after(self, was: list[str], words: list[str]) -> list[str]:
        return [*was, *words]


class TakeTags(AddTags):
    name, label = "untag", _("take tags away")

    def after(self, was: list[str], words: list[str]) -> list[str]:
        return [one for one in was if one not in words]


class Fill(Act):
    name, label = "field", _("fill in a field")
    inputs = (
        Input(
            "field",
            _("Field"),
            "choice",
            lambda: [(str(one.pk), one.name) for one in Field.objects.filter(is_active=True)],
        ),
        Input("value", _("Value"), required=False, longest=1000, hint=_("yes or no for a switch; empty takes it away")),
    )

    def read(self, given: Given) -> dict[str, str]:
        told = super().read(given)
        try:
            Field.objects.get(pk=told["field"]).read(_plain(told["value"]))
        except Invalid as error:
            raise Invalid(error.text, "value") from None
        return told

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        was = dict(ticket.details)
        ticket.fill({int(told["field"]): _plain(told["value"])}, by=doer.by)
        return bool(ticket.details != was)


def _plain(value: str) -> str:
    """A switch is answered in one's own language, too."""
    words = {_now("yes"): "yes", _now("no"): "no"}
    return words.get(value.lower(), value)


class Note(Act):
    name, label = "note", _("write a note")
    inputs = (Input("text", _("Note"), "area", longest=2000, hint=PLACES),)

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        ticket.note(_filled(ticket, told["text"]), by=doer.by, signed=doer.signed)
        return True


def _shared_replies() -> Choices:
    found = SavedReply.objects.filter(owner=None).order_by("name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in found]


class Write(Act):
    """A saved reply, sent as machines send."""

    name, label = "letter", _("write to the client by a saved reply")
    inputs = (Input("reply", _("Saved reply"), "choice", _shared_replies),)
    by_people = False

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        reply = SavedReply.objects.filter(Q(owner=None), pk=told["reply"]).first()
        if reply is None:
            raise Invalid(_now("This saved reply is not there any more."), "reply")
        language = letters.language_of(ticket)
        with translation.override(language):
            values = values_of(ticket, ticket.owner)
            text = placeholders.filled(_worded(reply, ticket, language), values, unnamed=ticket.contact.called)
            ticket.write_by_itself(text)
        return True


def _worded(reply: SavedReply, ticket: Ticket, language: str) -> str:
    return reply.said_to(language, ticket.channel_kind, tone_of(ticket.contact.address_as))


class Plan(Act):
    name, label = "task", _("add a task")
    inputs = (
        Input("text", _("What is to be done"), longest=200, hint=PLACES),
        Input("executor", _("Who does it"), "choice", lambda: recipients.choices(nobody=True)),
        Input(
            "hours", _("Within hours"), "number", required=False, least=1, most=8000, hint=_("empty: without a date")
        ),
    )

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        able = set(ticket.executors())
        asked = recipients.people_of(ticket, told["executor"]) if told["executor"] != recipients.NOBODY else []
        executor = next((one for one in asked if one in able), None)
        if executor is None and (asked or told["executor"].isdecimal()):
            raise Invalid(_now("This person may not see the request."), "executor")
        due = clock.now() + timedelta(hours=int(told["hours"])) if told.get("hours") else None
        ticket.plan([_filled(ticket, told["text"])], by=doer.by, executor=executor, due_at=due)
        return True


def _endpoints() -> Choices:
    return [(str(one.pk), one.name) for one in Endpoint.objects.all()]


class CallOut(Act):
    name, label = "call", _("call a webhook")
    inputs = (Input("endpoint", _("Webhook"), "choice", _endpoints),)

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        endpoint = Endpoint.objects.in_force().filter(pk=told["endpoint"]).first()
        if endpoint is None:
            raise Conflict(_now("This webhook is switched off."))
        now = clock.now()
        data = {"by": doer.signed}
        made = calling.prepare(endpoint, "rule", f"rule:{ticket.pk}:{uuid4()}", ticket.pk, data, now)
        assert made is not None
        called = ProgramCalled(ticket_id=ticket.pk, endpoint_id=endpoint.pk, name=endpoint.name, delivery_id=made.pk)
        publish(called, by=doer.by)
        return True


def _macros() -> Choices:
    return [(str(one.pk), one.name) for one in Macro.objects.filter(is_active=True)]


class RunMacro(Act):
    """The acts of a macro, which has no macros in it; its text is for people and is not sent."""

    name, label = "macro", _("run a macro")
    inputs = (Input("macro", _("Macro"), "choice", _macros),)
    by_people = False

    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        macro = Macro.objects.filter(pk=told["macro"], is_active=True).first()
        if macro is None:
            raise Conflict(_now("This macro is not in use any more."))
        done = [ACTS[one["act"]].do(ticket, one, doer) for one in macro.acts if one.get("act") in FOR_PEOPLE]
        return any(done)


FIRST: tuple[Callable[[], Act], ...] = (
    Tell,
    Page,
    PassOn,
    Give,
    Prioritise,
    MarkUpset,
    Classify,
    NameProduct,
    AddTags,
    TakeTags,
    Fill,
    Note,
    Write,
    Plan,
    CallOut,
    RunMacro,
)
ACTS: dict[str, Act] = {act.name: act for act in (make() for make in FIRST)}
FOR_PEOPLE: frozenset[str] = frozenset(name for name, act in ACTS.items() if act.by_people)
"""What a macro may have."""
