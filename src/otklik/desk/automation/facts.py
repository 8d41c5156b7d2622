"""What a rule can ask of a ticket, and asking it of one, of many, of all."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Brand, Role, Team, User
from otklik.desk.automation.asking import (
    Choices,
    Condition,
    Fact,
    Filled,
    Flag,
    Named,
    Number,
    Tags,
    Words,
    all_of,
    any_of,
)
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Contact, Identity, Product
from otklik.desk.conversations.models import Message
from otklik.desk.routing.models import Handover
from otklik.desk.sla.models import ServiceClass
from otklik.desk.tickets.models import Field, Priority, Status, Ticket, Topic

NOBODY, NONE = "0", ""


_added: dict[str, Fact] = {}


def add(fact: Fact) -> None:
    """A question of a room above; called while the product starts."""
    _added[fact.name] = fact


def facts() -> dict[str, Fact]:
    """All of them by name, with those of the fields in use; read anew, since fields come and go."""
    found = [*FACTS, *_added.values(), *(Filled(field) for field in Field.objects.filter(is_active=True))]
    return {fact.name: fact for fact in found}


def judged(
    tickets: "QuerySet[Ticket]", conditions: Sequence[Condition], known: dict[str, Fact] | None = None
) -> "QuerySet[Ticket]":
    """With the answer to each condition as `holds_0`, `holds_1` …; one that cannot be asked any more is never true."""
    known = known or facts()
    return tickets.annotate(**{f"holds_{number}": _asked(known, one) for number, one in enumerate(conditions)})


def matching(
    tickets: "QuerySet[Ticket]", conditions: Sequence[Condition], *, matches_any: bool = False
) -> "QuerySet[Ticket]":
    """Those for which all conditions hold, or any; without conditions, all of them."""
    if not conditions:
        return tickets
    holds = [Q(**{f"holds_{number}": True}) for number in range(len(conditions))]
    found = any_of(holds) if matches_any else all_of(holds)
    return judged(tickets, conditions).filter(found)


def said(condition: Condition, known: dict[str, Fact] | None = None) -> str:
    """In words; a fact that is gone is named by its number."""
    fact = (known or facts()).get(condition.fact)
    return fact.said(condition.how, condition.value) if fact else _now("a field that is not in use any more")


def _asked(known: dict[str, Fact], condition: Condition) -> Case:
    fact = known.get(condition.fact)
    asked = fact.asks(condition.how, condition.value) if fact else Q(pk__in=[])
    return Case(When(asked, then=Value(True)), default=Value(False), output_field=BooleanField())


def _numbers(values: Sequence[str]) -> list[int]:
    return [int(value) for value in values]


def _classes() -> Choices:
    names = ServiceClass.objects.order_by("rank").values_list("name", flat=True)
    return [*((name, name) for name in names), (NONE, _now("the line's own times"))]


def _topics() -> Choices:
    tree = Topic.objects.tree()
    return [(str(topic.pk), tree.said(topic.pk)) for _level, topic in tree.walk()] + [(NOBODY, _now("no topic"))]


def _of_topics(values: Sequence[str]) -> Q:
    tree = Topic.objects.tree()
    branches = {pk for value in values if value != NOBODY for pk in tree.branch(int(value))}
    found = Q(topic__in=branches)
    return found | Q(topic=None) if NOBODY in values else found


def _products() -> Choices:
    return [*((str(one.pk), one.name) for one in Product.objects.all()), (NOBODY, _now("no product"))]


def _of_products(values: Sequence[str]) -> Q:
    found = Q(product__in=[int(value) for value in values if value != NOBODY])
    return found | Q(product=None) if NOBODY in values else found


def _people() -> Choices:
    people = User.objects.filter(is_active=True).exclude(role=Role.QUALITY).order_by("name")
    return [*((str(one.pk), one.name) for one in people), (NOBODY, _now("nobody"))]


def _of_owners(values: Sequence[str]) -> Q:
    found = Q(owner__in=[int(value) for value in values if value != NOBODY])
    return found | Q(owner=None) if NOBODY in values else found


def _brands() -> Choices:
    return [(str(one.pk), one.name) for one in Brand.objects.order_by("name")]


def _of_brands(values: Sequence[str]) -> Q:
    """As a client sees it: the brand of the channel, else that of the line."""
    numbers = _numbers(values)
    own = Q(conversation__channel__brand__in=numbers)
    return own | Q(conversation__channel__brand=None, team__brand__in=numbers)


def _brand_of(ticket: Ticket) -> str:
    return str(ticket.conversation.channel.brand or ticket.team.brand or _now("none"))


def _tagged(words: Sequence[str]) -> Q:
    return Q(tags__overlap=list(words))


def _spoken(words: Sequence[str]) -> Q:
    own = Message.objects.filter(conversation=OuterRef("conversation"), direction="in")
    said_it = [Q(subject__icontains=word) | Q(Exists(own.filter(new_text__icontains=word))) for word in words]
    return any_of(said_it)


def _handed(*, back: bool) -> Callable[[str, Any], Q]:
    """Bounds of a count of hand-overs."""

    def bounded(bound: str, value: Any) -> Q:
        rows = Handover.objects.filter(ticket=OuterRef("pk"))
        rows = rows.filter(returned_at__isnull=False) if back else rows
        counted = rows.order_by().values("ticket").annotate(count=Count("pk")).values("count")
        compared = GreaterThanOrEqual if bound == "gte" else LessThanOrEqual
        return Q(compared(Coalesce(Subquery(counted[:1]), 0), value))

    return bounded


def _column(name: str) -> Callable[[str, Any], Q]:
    return lambda bound, value: Q(**{f"{name}__{bound}": value})


def _working() -> Q:
    """Of lines whose people work at this moment."""
    now = clock.now()
    lines = Team.objects.select_related("calendar")
    return Q(team__in=[line.pk for line in lines if line.calendar.working_time().is_open(now)])


def _client_named(name: str) -> int | None:
    found = Client.objects.named(name)
    return found.pk if found else None


def _contact_named(name: str) -> int | None:
    found = Identity.objects.filter(kind="email", value__iexact=name).values_list("contact", flat=True).first()
    return found or Contact.objects.filter(name__iexact=name).values_list("pk", flat=True).first()


def _names_of(model: Any) -> Callable[[list[int]], list[str]]:
    return lambda numbers: list(model.objects.filter(pk__in=numbers).order_by("name").values_list("name", flat=True))


def _contacts_of(numbers: list[int]) -> list[str]:
    return [one.email or one.name for one in Contact.objects.filter(pk__in=numbers).order_by("pk")]


FACTS: tuple[Fact, ...] = (
    Fact(
        "class",
        _("Service class"),
        _classes,
        lambda values: Q(class_name__in=values),
        lambda ticket: ticket.class_name or _now("the line's own times"),
    ),
    Fact(
        "priority",
        _("Priority"),
        lambda: [(str(value), str(label)) for value, label in Priority.choices],
        lambda values: Q(priority__in=_numbers(values)),
        lambda ticket: ticket.get_priority_display(),
    ),
    Fact(
        "status",
        _("Status"),
        lambda: [(str(value), str(label)) for value, label in Status.choices],
        lambda values: Q(status__in=values),
        lambda ticket: ticket.get_status_display(),
    ),
    Fact(
        "line",
        _("Line"),
        lambda: [(str(one.pk), one.name) for one in Team.objects.all()],
        lambda values: Q(team__in=_numbers(values)),
        lambda ticket: ticket.team.name,
    ),
    Fact(
        "owner",
        _("Owner"),
        _people,
        _of_owners,
        lambda ticket: ticket.owner.name if ticket.owner else _now("nobody"),
    ),
    Fact(
        "topic",
        _("Topic"),
        _topics,
        _of_topics,
        lambda ticket: Topic.objects.tree().said(ticket.topic_id) or _now("no topic"),
    ),
    Fact(
        "product",
        _("Product"),
        _products,
        _of_products,
        lambda ticket: ticket.product.name if ticket.product else _now("no product"),
    ),
    Tags(
        "tags",
        _("Tags"),
        _tagged,
        lambda ticket: ", ".join(ticket.tags) or _now("nothing"),
        ("has", "lacks"),
        _("several are divided by commas"),
    ),
    Fact(
        "channel",
        _("Channel"),
        lambda: [(str(one.pk), str(one)) for one in Channel.objects.order_by("name")],
        lambda values: Q(conversation__channel__in=_numbers(values)),
        lambda ticket: str(ticket.conversation.channel),
    ),
    Fact("brand", _("Brand"), _brands, _of_brands, _brand_of),
    Named(
        "organisation",
        _("Organisation"),
        _client_named,
        _names_of(Client),
        lambda numbers: Q(contact__client__in=Client.objects.present(numbers)),
        lambda ticket: ticket.client_name or _now("none"),
        _("its name; several are divided by commas"),
    ),
    Named(
        "client",
        _("Client"),
        _contact_named,
        _contacts_of,
        lambda numbers: Q(contact__in=Contact.objects.present(numbers)),
        lambda ticket: ticket.contact_name,
        _("the e-mail address or the name; several are divided by commas"),
    ),
    Words(
        "words",
        _("Subject or the client's letters"),
        _spoken,
        lambda ticket: ticket.subject,
        hint=_("words or phrases, divided by commas"),
    ),
    Number("returns", _("Returned by another line"), _handed(back=True), lambda ticket: str(_count(ticket, back=True))),
    Number("handovers", _("Passed between lines"), _handed(back=False), lambda ticket: str(_count(ticket, back=False))),
    Number("reopened", _("Opened again"), _column("reopened"), lambda ticket: str(ticket.reopened)),
    Number("moves", _("Dates moved"), _column("moves"), lambda ticket: str(ticket.moves)),
    Flag(
        "waits",
        _("The client waits for us"),
        lambda: Q(waiting_since__isnull=False),
        lambda ticket: _now("yes") if ticket.waiting_since else _now("no"),
    ),
    Flag(
        "upset",
        _("The client is upset"),
        lambda: Q(upset_since__isnull=False),
        lambda ticket: _now("yes") if ticket.is_upset else _now("no"),
    ),
    Flag(
        "hours",
        _("Working hours of the line now"),
        _working,
        lambda ticket: _now("yes") if ticket.team.calendar.working_time().is_open(clock.now()) else _now("no"),
    ),
)


def _count(ticket: Ticket, *, back: bool) -> int:
    found = Handover.objects.filter(ticket=ticket)
    return (found.filter(returned_at__isnull=False) if back else found).count()
