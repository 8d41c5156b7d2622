"""What a metric is: its definition, and how its figure comes from readings."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from hashlib import blake2s

from django.db import models
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.standards import STANDARDS, Standard
from otklik.team.metrics.measure import DURATIONS, Measure


class Unit(StrEnum):
    SPAN = "span"
    """Seconds, shown as hours and minutes."""
    SHARE = "share"
    """0 to 1, shown in per cent."""
    COUNT = "count"
    POINTS = "points"
    """Of the scale that the question has."""
    FROM_ZERO = "from_zero"
    """Points of a scale from 0 to 5."""
    OF_SEVEN = "of_seven"
    OF_TEN = "of_ten"
    """Points of a scale that ends with 10."""
    NET = "net"
    """Points from -100 to 100, never per cent."""
    INDEX = "index"
    """Points from 0 to 100."""
    TIMES = "times"
    """How often for each request."""
    BREACHES = "breaches"
    """Rules that are broken: a number of them."""
    HOURS = "hours"
    """Seconds, shown as hours: of time that is paid by the hour."""
    MONTHS = "months"
    WORKDAYS = "workdays"
    """Days on which a line works."""
    NINES = "nines"
    """0 to 1, shown in per cent with three digits behind the point, cut and never rounded up: 99.9996 is not 100."""
    RATIO = "ratio"
    """A plain number around 0 or 1, as a coefficient of agreement is."""
    SCORED = "scored"
    """Points of 100, as a difference may be below zero."""
    DAYS = "days"
    PER_THOUSAND = "per_thousand"
    """How many for a thousand contacts of clients."""
    PER_CLIENTS = "per_thousand_clients"
    """How many for a thousand clients in a month."""


class How(StrEnum):
    """How the figure is made of the readings of a measure."""

    COUNT = "count"
    MEDIAN = "median"
    SHARE = "share"
    MEAN = "mean"
    NET = "net"
    AVERAGE = "average"
    """Seconds on average: the sum of lengths over the number of readings."""
    PART = "part"
    """A part of an amount: sums of values, not numbers of readings."""
    TOTAL = "total"
    """Seconds, or of shifts also rules that are broken, all together."""
    NEARLY_ALL = "nearly_all"
    """What 19 of 20 do not exceed; kinds are the values."""
    MOST = "most"
    """The largest; kinds are the values."""
    LONGEST = "longest"
    """Seconds, of the one that lasts longest; of what stands alone."""
    DAYS = "days"
    """What stands open over what a working day ends (`layer.workload`)."""
    SAFE = "safe"
    """Seconds that may be promised, as the last weeks bear them out (`layer.promising`)."""
    WORST = "worst"
    """A part of an amount, of each record by itself, and of these the smallest; of records alone."""
    RATE = "rate"
    """Events for a thousand contacts, or months of clients (METRICS K1); of records alone."""
    BETWEEN = "between"
    """Seconds of operation for each event (METRICS I1); of records alone."""


AS_IT_IS = (How.COUNT, How.LONGEST, How.DAYS, How.SAFE, How.TOTAL, How.MOST)
"""No sample of anything: of three open requests the oldest is the oldest.  A safe time knows itself what is too few."""


class Records(StrEnum):
    """Rooms whose records are counted themselves: few, and not everybody sees each of them (`layer.recorded`)."""

    COMPLAINTS = "complaints"
    INCIDENTS = "incidents"
    FORMS = "forms"
    """Visits of the request form (`layer.beforehand`)."""
    AHEAD = "ahead"
    """Events that were known ahead of clients (`layer.beforehand`)."""
    STINTS = "stints"
    COVER = "cover"
    """These two are time, of the log of who was at work (`layer.attended`)."""
    ROSTER = "roster"
    """Published shifts, of which time is counted, too."""
    CHANGES = "changes"
    """Changes of a client's product that a lead approved (`layer.told`)."""
    TOLD = "told"
    """What the room of a page tells, of a period or as of now (`layer.told`)."""
    BY_LINE = "by_line"
    """The same, of each line as well."""
    WATCHED = "watched"
    """Time of components of the service, day by day (`layer.told`)."""


TOLD_BY_ROOMS = (Records.TOLD, Records.BY_LINE, Records.WATCHED, Records.CHANGES)
"""Their own rooms say what these are made of, and to whom."""


SIDES_OF_RECORDS: dict[Records, frozenset[str]] = {
    Records.COMPLAINTS: frozenset({"line"}),
    Records.INCIDENTS: frozenset(),
    Records.FORMS: frozenset(),
    Records.AHEAD: frozenset(),
    Records.STINTS: frozenset({"line", "agent"}),
    Records.COVER: frozenset({"line", "channel"}),
    Records.ROSTER: frozenset({"line", "agent"}),
    Records.CHANGES: frozenset({"line"}),
    Records.TOLD: frozenset(),
    Records.BY_LINE: frozenset({"line"}),
    Records.WATCHED: frozenset(),
}
"""From which sides these can be looked at."""


class Better(StrEnum):
    UP = "up"
    DOWN = "down"
    NEITHER = ""


@dataclass(frozen=True)
class Metric:
    """One metric of METRICS; `id` is its name there and in the API, `guide` its paragraph.

    `kinds` are the kinds of reading it counts (all when empty), `good` those of the numerator of a share.  `clock` says
    whose time a duration is; `anchor` the event that puts a reading into a period.  A share `matures`: readings younger
    than that are left out, because what they are may still change.  `pair` names metrics that would worsen if this one
    were gamed (METRICS C12).  One that stands has no measure: it is counted from the requests as they are now
    (`layer.standing`), whatever the period.  One of `records` has none either: it is counted from these, of those that
    its reader may see (`layer.recorded`).  `cards` names the fact of clients' cards that it counts (`layer.carded`).
    What a page tells is either made of records with a moment, or `as_of_now`; a `closed` one is for those alone who may
    open that page, and one `of_complaints` counts for each who asks those that they may know of.
    """

    id: str
    guide: str
    group: "Group"
    name: str | LazyText
    says: str | LazyText
    formula: str | LazyText
    anchor: str | LazyText
    unit: Unit
    how: How
    measure: Measure | None
    better: Better = Better.NEITHER
    clock: str | LazyText = ""
    kinds: frozenset[int] = frozenset()
    good: frozenset[int] = frozenset()
    matures: timedelta = timedelta(0)
    pair: tuple[str, ...] = field(default=())
    records: Records | None = None
    cards: str = ""
    as_of_now: bool = False
    closed: bool = False
    of_complaints: bool = False

    def __post_init__(self) -> None:
        if (self.how in (How.SHARE, How.PART)) != bool(self.good):
            raise ValueError(f"{self.id}: a share, and nothing else, has a numerator")
        if self.measure is not None and (self.how == How.MEDIAN) != (self.measure in DURATIONS):
            raise ValueError(f"{self.id}: a median is one of durations")

    @property
    def stands(self) -> bool:
        return self.as_of_now or (self.measure is None and self.records is None)

    @property
    def has_past(self) -> bool:
        """Whether earlier days are known: of what stands only how many were open, and the cards of each night."""
        return not self.stands or self.id == "backlog" or bool(self.cards)

    @property
    def is_read(self) -> bool:
        """Whether it is made of readings, and so has hours, parts and a past that everybody sees alike."""
        return self.measure is not None

    @property
    def has_readers(self) -> bool:
        """Whether not everybody may know of what it counts, so that the figure is of who asks."""
        return self.closed or self.tells_of_complaints

    @property
    def tells_of_complaints(self) -> bool:
        """Whether one more of it would tell a person that somebody complained about them."""
        return self.records == Records.COMPLAINTS or self.of_complaints

    @property
    def is_time(self) -> bool:
        """Whether it is a part of minutes: no list of things, though something stands behind it."""
        return self.records in (Records.STINTS, Records.COVER, Records.ROSTER)

    @property
    def is_private(self) -> bool:
        """Whether it tells how single people spend their time, or what few may know: on no wall."""
        return self.closed or self.records in (Records.STINTS, Records.ROSTER)

    @property
    def can_be_planned(self) -> bool:
        """Whether it has a better direction, a period and a list of what it counts, and everybody may read it."""
        return bool(self.better) and not (self.stands or self.is_time or self.closed)

    def knows(self, *sides: str) -> bool:
        """Whether it can be asked for from all these sides: records know few, and say nothing of others."""
        if self.cards or self.unit == Unit.PER_CLIENTS:  # of all clients, who are of no line
            return not sides
        return self.records is None or SIDES_OF_RECORDS[self.records].issuperset(sides)

    @property
    def standard(self) -> Standard | None:
        """What the field calls it."""
        return STANDARDS.get(self.id)

    @property
    def fingerprint(self) -> str:
        """Of all that decides how the figure comes about: a figure that was kept says by which definition."""
        rules = (self.id, self.measure, self.how, sorted(self.kinds), sorted(self.good), self.matures)
        return blake2s(repr(rules).encode(), digest_size=6).hexdigest()


class Group(models.TextChoices):
    """Chapters of the list of metrics."""

    STANDING = "standing", _("As it stands now")
    FLOW = "flow", _("Flow")
    CONTACTS = "contacts", _("Solved at once")
    SPEED = "speed", _("Speed")
    HELD = "held", _("Kept")
    CALLS = "calls", _("Telephone")
    PRESENCE = "presence", _("Presence")
    ROSTER = "roster", _("Shifts")
    KNOWLEDGE = "knowledge", _("Knowledge")
    CHANGES = "changes", _("Changes")
    CLIENTS = "clients", _("What clients say")
    ELSEWHERE = "elsewhere", _("Marks on other scales and occasions")
    QUALITY = "quality", _("Quality of conversations")
    COMPLAINTS = "complaints", _("Complaints")
    INCIDENTS = "incidents", _("Incidents")
    VALUE = "value", _("Value of clients")
    PEOPLE = "people", _("People")
    STEERING = "steering", _("Goals and plans")
    PAST = "past", _("Brought from another desk")
