"""All that is recorded of a client on every channel, the newest first: one statement for a page of it.

Each source gives its newest rows after the last one shown, by an index of its own, and the page is merged of these; so
a page costs the same at its hundredth row and at its five-thousandth.  Whatever belongs to a request is shown to whom
the request is, complaints and calls to whom those are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Left, NullIf, Trim

from otklik.care.complaints.models import Complaint
from otklik.care.incidents import access as incidents
from otklik.care.incidents.models import Told as ToldOf
from otklik.care.knowledge.models import ArticleUse, FormVisit
from otklik.care.knowledge.states import How
from otklik.care.outreach import access as outreach
from otklik.care.outreach.models import Upcoming
from otklik.care.surveys.models import Answer, Invitation, OutsideAnswer, Score
from otklik.core.staff.models import User
from otklik.core.ui.typed import searchable
from otklik.desk.calls import access as calls
from otklik.desk.clients.models import Advice, Client, ClientEvent, Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.access import contacts_known_to
from otklik.desk.tickets.models import Ticket

SHOWN = 300
"""Characters of a text; the request has the rest."""
COLUMNS = ("t_source", "t_at", "t_number", "t_request", "t_channel", "t_said", "t_state", "t_who")
"""Named apart from the columns of the tables."""


class Told(NamedTuple):
    """One thing that happened: `number` is of its own kind, `request` the request it belongs to, `state` a code."""

    source: str
    at: datetime
    number: int
    request: int | None
    channel: str
    said: str
    state: str
    who: int | None


class Place(NamedTuple):
    """The last row of a page, after which the next one goes on."""

    at: datetime
    source: str
    number: int


@dataclass(frozen=True)
class Asked:
    """Which part of the story: sources (all when empty), a kind of channel, from a moment until before another."""

    sources: tuple[str, ...] = ()
    channel: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    after: Place | None = None

    @property
    def query(self) -> SearchQuery:
        return SearchQuery(searchable(self.words), config="otklik_ru", search_type="websearch")


class _Whose:
    """Conditions that find what is a person's, or everybody's of an organisation, as far as the reader knows them."""

    def __init__(self, holder: Contact | Client, user: User) -> None:
        self.holder, self.user = holder, user
        self.is_person = isinstance(holder, Contact)
        of: dict[str, Any] = {"contact": holder}
        if not self.is_person:  # a look at a restricted card is written down: only there
            of = {"contact__client": holder, "contact__restricted_as": ""}
        self.requests = Ticket.objects.visible_to(user).filter(**of)
        self.theirs = Q(contact=holder)
        if isinstance(holder, Client):
            self.theirs = Q(contact__in=contacts_known_to(user).filter(client=holder, restricted_as=""))

    @property
    def own(self) -> Q:
        """Of what an organisation may have itself, too."""
        return self.theirs if self.is_person else self.theirs | Q(client=self.holder)

    @property
    def seen(self) -> Q:
        """About a request that the reader may see, or about none."""
        return Q(ticket=None) | Q(ticket__in=self.requests.values("pk"))


def _requests(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    rows = whose.requests.annotate(**_columns("opened_at", "pk", "channel_kind", "subject", "status", "owner_id"))
    return (
        _said(rows, asked, "subject")
        if not asked.words.isdecimal()
        else rows.filter(Q(pk=int(asked.words[:18])) | Q(subject__icontains=asked.words))
    )


def _messages(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    state = Concat("direction", Value(":"), "automatic")
    said = Case(When(automatic="", then=F("new_text")), default=F("subject"), output_field=TextField())  # no links
    rows = Message.objects.living().filter(conversation__ticket__in=whose.requests.values("pk"))
    rows = rows.exclude(Exists(ToldOf.objects.filter(message=OuterRef("pk"))))  # they have rows of their own
    rows = rows.exclude(Exists(Upcoming.objects.filter(message=OuterRef("pk"))))
    rows = rows.annotate(
        **_columns("at", "conversation__ticket", "conversation__channel__kind", said, state, "author_id")
    )
    return rows.filter(search=asked.query) if asked.words else rows


def _calls(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    way = Concat(Cast("outward", CharField()), Value(":"), "result", Value(":"), Cast("talked", CharField()))
    known = Exists(Ticket.objects.visible_to(whose.user).filter(pk=OuterRef("ticket")).order_by())
    note = Case(When(known, then=F("note__new_text")), default=Value(""), output_field=TextField())
    rows = calls.visible_to(whose.user).filter(whose.theirs).annotate(of_note=note)
    told = _columns("begun_at", "ticket_id", Value("phone"), "of_note", way, "holder_id")
    told["t_request"] = Case(When(known, then=F("ticket_id")), default=None, output_field=BigIntegerField())
    return _said(rows.annotate(**told), asked, "of_note")


def _events(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    data = Cast("data", TextField())
    rows = ClientEvent.objects.filter(whose.own).annotate(**_columns("at", None, Value(""), data, "kind", None))
    return rows.filter(Q(kind__icontains=asked.words) | Q(t_said__icontains=asked.words)) if asked.words else rows


def _surveys(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    """Each invitation that was answered, with its first answer."""
    first = Answer.objects.filter(invitation=OuterRef("pk")).order_by("pk")
    marked = first.exclude(value=None)
    score = Score.objects.filter(invitation=OuterRef("pk"))
    words = first.exclude(words="").values("words")[:1]
    rows = Invitation.objects.filter(whose.theirs & whose.seen).filter(Exists(first) | Exists(score))
    rows = rows.annotate(
        **_columns(
            Coalesce(Subquery(score.values("at")[:1]), Subquery(first.values("at")[:1])),
            "ticket_id",
            Value(""),
            Coalesce(Subquery(score.exclude(comment="").values("comment")[:1]), Subquery(words), Value("")),
            Coalesce(
                Subquery(score.values(mark=Concat(Value("csat5:"), Cast("value", CharField())))[:1]),
                Subquery(marked.values(mark=Concat("question__kind", Value(":"), Cast("value", CharField())))[:1]),
                Value(""),
            ),
            None,
        )
    )
    return _said(rows, asked, "t_said")


def _outside(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    mark = Concat("kind", Value(":"), Cast("value", CharField()))
    user = whose.user
    of_lines = OutsideAnswer.objects.seen_by(None if user.sees_everything else user.team_ids).filter(ticket=None)
    rows = OutsideAnswer.objects.filter(whose.theirs)
    rows = rows.filter(Q(ticket__in=whose.requests.values("pk")) | Q(pk__in=of_lines.values("pk")))
    return _said(rows.annotate(**_columns("at", "ticket_id", Value(""), "words", mark, None)), asked, "words")


def _complaints(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    channel = Coalesce("ticket__channel_kind", Value(""))
    rows = Complaint.objects.visible_to(whose.user).filter(whose.theirs)
    told = _columns("received_at", "ticket_id", channel, "stated", "state", "owner_id")
    return _said(rows.annotate(**told), asked, "stated", "words")


def _advice(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    taken = Cast("taken", CharField())
    rows = Advice.objects.filter(whose.theirs).annotate(**_columns("at", None, Value(""), "text", taken, "by_id"))
    return _said(rows, asked, "text")


def _visits(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    """At the form of the portal, by whoever came by an address that we sent."""
    state = Concat(_yes(helped_at__isnull=False), Value(":"), _yes(sent_at__isnull=False))
    rows = FormVisit.objects.filter(whose.theirs)
    rows = rows.annotate(**_columns("began_at", None, Value("form"), Value(""), state, None))
    return rows.none() if asked.words else rows


def _articles(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    """Articles that the client opened from an answer of ours."""
    rows = ArticleUse.objects.filter(how=How.READ, ticket__in=whose.requests.values("pk"))
    told = _columns("at", "ticket_id", Value(""), "article__title", Value(""), None)
    return _said(rows.annotate(**told), asked, "article__title")


def _incidents(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    """What the client was told in a request of theirs of something that broke."""
    return _of_incident(ToldOf.objects.filter(ticket__in=whose.requests.values("pk")), whose, asked)


def _incidents_apart(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    """The same in a talk of its own: whom it concerned without a request."""
    return _of_incident(ToldOf.objects.filter(whose.theirs), whose, asked)


def _of_incident(rows: QuerySet[ToldOf], whose: _Whose, asked: Asked) -> QuerySet[Any]:
    if not incidents.may_see(whose.user):
        return rows.none()
    state = Concat(Cast("update__incident", CharField()), Value(":"), "update__state")
    said = Coalesce(NullIf("update__what", Value("")), NullIf("update__doing", Value("")), Value(""))
    channel = Coalesce("message__conversation__channel__kind", Value(""))
    told = _columns("at", "ticket_id", channel, said, state, "update__author_id")
    rows = rows.filter(state=ToldOf.State.SENT).annotate(**told)
    return rows.filter(message__search=asked.query) if asked.words else rows


def _ahead(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    """What the client was told in time of something that was to come, of their own products."""
    return _of_ahead(Upcoming.objects.filter(whose.own), whose, asked)


def _ahead_of_whole(whose: _Whose, asked: Asked) -> QuerySet[Any]:
    """What this person was told of products of their organisation, for all of it; its own card has it above."""
    rows = Upcoming.objects.none()
    if isinstance(whose.holder, Contact):
        rows = Upcoming.objects.filter(message__conversation__contact=whose.holder).exclude(client=None)
    return _of_ahead(rows, whose, asked)


def _of_ahead(rows: QuerySet[Upcoming], whose: _Whose, asked: Asked) -> QuerySet[Any]:
    if not outreach.may_see(whose.user):
        return rows.none()
    state = Concat("kind", Value(":"), Cast("on", CharField()))
    about = Trim(Concat("subscription__product__name", Value(" "), "subscription__plan"))
    channel = Coalesce("message__conversation__channel__kind", Value(""))
    told = _columns("told_at", None, channel, about, state, "told_by_id")
    rows = rows.filter(told_at__isnull=False).annotate(**told)
    return rows.filter(message__search=asked.query) if asked.words else rows


SOURCES: dict[str, Callable[[_Whose, Asked], QuerySet[Any]]] = {
    "advice": _advice,
    "ahead": _ahead,
    "ahead_of_whole": _ahead_of_whole,
    "article": _articles,
    "call": _calls,
    "complaint": _complaints,
    "event": _events,
    "incident": _incidents,
    "incident_apart": _incidents_apart,
    "message": _messages,
    "outside": _outside,
    "request": _requests,
    "survey": _surveys,
    "visit": _visits,
}
"""By their names, which are in the order of the alphabet: of the same moment the last one stands first."""


def story(holder: Contact | Client, user: User, asked: Asked, limit: int) -> list[Told]:
    """One more than `limit` if there are more.  One statement."""
    whose = _Whose(holder, user)
    parts = []
    for name in asked.sources or SOURCES:
        rows = _after(_narrowed(SOURCES[name](whose, asked), asked), name, asked.after)
        rows = rows.annotate(t_source=Value(name, CharField())).order_by("-t_at", "-pk")
        parts.append(rows.values_list(*COLUMNS)[: limit + 1])
    if len(parts) > 1:
        whole = reduce(lambda before, part: before.union(part, all=True), parts[1:], parts[0])
        parts = [whole.order_by("-t_at", "-t_source", "-t_number")[: limit + 1]]
    return [Told(*row) for row in parts[0]]


def _narrowed(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    if asked.channel:
        rows = rows.filter(t_channel=asked.channel)
    if asked.since:
        rows = rows.filter(t_at__gte=asked.since)
    if asked.until:
        rows = rows.filter(t_at__lt=asked.until)
    return rows


def _after(rows: QuerySet[Any], name: str, place: Place | None) -> QuerySet[Any]:
    if place is None:
        return rows
    if name > place.source:
        return rows.filter(t_at__lt=place.at)
    same = Q(t_at=place.at) if name < place.source else Q(t_at=place.at, pk__lt=place.number)
    return rows.filter(Q(t_at__lt=place.at) | same)


def _said(rows: QuerySet[Any], asked: Asked, *texts: str) -> QuerySet[Any]:
    """Those in which the words were said, in any form of the word."""
    if not asked.words:
        return rows
    return rows.annotate(of_words=SearchVector(*texts, config="otklik_ru")).filter(of_words=asked.query)


def _yes(**holds: bool) -> Case:
    """`true` or `false`, as the database writes what is so."""
    return Case(When(Q(**holds), then=Value("true")), default=Value("false"))


def _columns(at: Any, request: Any, channel: Any, said: Any, state: Any, who: Any) -> dict[str, Any]:
    """The columns that every source has, of the same types, so that they can be put together."""
    return {
        "t_at": F(at) if isinstance(at, str) else at,
        "t_number": F("pk"),
        "t_request": Cast(F(request) if request else Value(None), BigIntegerField()),
        "t_channel": Cast(F(channel) if isinstance(channel, str) else channel, CharField()),
        "t_said": Left(Coalesce(Cast(F(said) if isinstance(said, str) else said, TextField()), Value("")), SHOWN),
        "t_state": Cast(F(state) if isinstance(state, str) else state, CharField()),
        "t_who": Cast(F(who) if who else Value(None), BigIntegerField()),
    }
