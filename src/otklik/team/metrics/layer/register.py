"""Every metric that METRICS names, by chapter: measured here, told on a page of its own, or missing, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import Metric


class Chapter(StrEnum):
    """Of METRICS."""

    CLIENTS = "clients"
    VALUE = "value"
    SPEED = "speed"
    STAFF = "staff"
    QUALITY = "quality"
    COMPLAINTS = "complaints"
    INCIDENTS = "incidents"
    PEOPLE = "people"
    GOALS = "goals"

    @property
    def label(self) -> str | LazyText:
        return CHAPTERS[self]


CHAPTERS: dict[Chapter, str | LazyText] = {
    Chapter.CLIENTS: _("What clients say"),
    Chapter.VALUE: _("Value of clients"),
    Chapter.SPEED: _("Speed and flow"),
    Chapter.STAFF: _("Staffing"),
    Chapter.QUALITY: _("Quality and knowledge"),
    Chapter.COMPLAINTS: _("Complaints"),
    Chapter.INCIDENTS: _("Incidents and availability"),
    Chapter.PEOPLE: _("People"),
    Chapter.GOALS: _("Goals and promises"),
}


class Place(StrEnum):
    """A page that tells a metric with its definition, from a room of its own."""

    VALUE = "value"
    SURVEYS = "surveys"
    COMPLAINTS = "complaints"
    INCIDENTS = "incidents"
    IMPROVEMENTS = "improvements"
    INDICATORS = "indicators"
    BONUS = "bonus"
    KNOWLEDGE = "knowledge"

    @property
    def label(self) -> str | LazyText:
        return PLACES[self]


PLACES: dict[Place, str | LazyText] = {
    Place.VALUE: _("Value of clients"),
    Place.SURVEYS: _("What clients say"),
    Place.COMPLAINTS: _("Complaints"),
    Place.INCIDENTS: _("Incidents"),
    Place.IMPROVEMENTS: _("Improvements"),
    Place.INDICATORS: _("Plan and fact"),
    Place.BONUS: _("Bonuses"),
    Place.KNOWLEDGE: _("Knowledge base"),
}


class Why(StrEnum):
    """What a metric that is missing needs first."""

    QUESTION = "question"
    SUPPRESSED = "suppressed"
    RECOVERED = "recovered"
    LOG = "log"
    PICKS = "picks"
    CARD = "card"
    BOUNCE = "bounce"
    DAYS = "days"
    HOURS = "hours"
    OLDEST = "oldest"
    REACH = "reach"
    COMPLETE = "complete"
    EVENTS = "events"
    ROSTER = "roster"
    FORECAST = "forecast"
    COST = "cost"
    PROBLEMS = "problems"
    SAMPLED = "sampled"
    FORM = "form"
    ACTIVE = "active"
    STATUS_PAGE = "status_page"
    POST_MORTEMS = "post_mortems"
    HIRING = "hiring"
    TRAINING = "training"
    MIX = "mix"
    QUARTERS = "quarters"
    PUBLIC = "public"

    @property
    def label(self) -> str | LazyText:
        return REASONS[self]


REASONS: dict[Why, str | LazyText] = {
    Why.QUESTION: _("no survey asks yet whether it was solved at once"),
    Why.SUPPRESSED: _(
        "surveys that were not sent leave no entry in the journal; their reasons stand on the page of each"
    ),
    Why.RECOVERED: _("answers of one client are not followed from survey to survey yet"),
    Why.LOG: _("needs a log of who was able to work and when"),
    Why.PICKS: _("needs a log of what waited when somebody took a request"),
    Why.CARD: _("needs a card of what was told when a request is passed on"),
    Why.BOUNCE: _("nobody records that a client was sent to another channel"),
    Why.DAYS: _("needs working days of several lines in one number"),
    Why.HOURS: _("the number of this moment is here; its hours need a log"),
    Why.OLDEST: _("median and nine of ten are here; the oldest is no number, it stands first in the list behind them"),
    Why.REACH: _("needs published hours of each channel and who covered them"),
    Why.COMPLETE: _("nobody confirms fields of a card with a date"),
    Why.EVENTS: _("needs known events ahead of a client, and the notice that was given"),
    Why.ROSTER: _("needs the room of shifts and staffing"),
    Why.FORECAST: _("forecasts are shown, and not kept to be compared with what came"),
    Why.COST: _("needs the cost of an hour of work"),
    Why.PROBLEMS: _("needs the room of problems"),
    Why.SAMPLED: _("nobody looks yet whether the articles that were linked were the right ones"),
    Why.FORM: _("needs a form in which an article is offered before a request is sent"),
    Why.ACTIVE: _("needs clients who complained to be followed for half a year"),
    Why.STATUS_PAGE: _("needs components of the service and their outages"),
    Why.POST_MORTEMS: _("post-mortems have no terms and no tasks of their own yet"),
    Why.HIRING: _("needs the room of hiring"),
    Why.TRAINING: _("needs the room of training"),
    Why.MIX: _("needs what is expected of each kind of request"),
    Why.QUARTERS: _("needs plans by quarter"),
    Why.PUBLIC: _("needs a public promise of the company"),
}


@dataclass(frozen=True)
class Entry:
    """One metric of METRICS: `here` are those of the layer that measure it, else where it is told, else why not.

    `id` is its name there, and that of the layer unless `here` says otherwise.
    """

    id: str
    chapter: Chapter
    here: tuple[str, ...] = ()
    place: Place | None = None
    why: Why | None = None

    @property
    def metrics(self) -> list[Metric]:
        return [METRICS[name] for name in self.here]


def entries() -> Iterator[Entry]:
    """In the order of METRICS."""
    from otklik.team.metrics.layer.registered import REGISTERED

    for chapter, rows in REGISTERED.items():
        for name, told in rows.items():
            if isinstance(told, Place):
                yield Entry(name, chapter, place=told)
            elif isinstance(told, Why):
                yield Entry(name, chapter, why=told)
            else:
                yield Entry(name, chapter, here=told or (name,))
