"""How much waits for a decision or an end at this moment, and what is lacking, as rooms of pages tell it."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit

_of_now = partial(Metric, anchor=_("as of now"), measure=None, better=Better.DOWN, as_of_now=True)
_waits = partial(_of_now, unit=Unit.COUNT, how=How.COUNT)

WAITING = (
    _waits(
        "refusal.appeals",
        "V21",
        Group.STANDING,
        _("Appeals that wait"),
        _(
            "How many appeals of clients against refusals wait for a decision at this moment. Somebody who has not"
            " refused decides, by a date that the client was told."
        ),
        _("number of open appeals"),
        records=Records.BY_LINE,
        pair=("refusal.overturned",),
    ),
    _waits(
        "complaint.open",
        "K1",
        Group.STANDING,
        _("Open complaints"),
        _("How many complaints are not closed at this moment, of those that the reader may see."),
        _("number of open complaints"),
        records=Records.BY_LINE,
        of_complaints=True,
        pair=("complaint.recurrence",),
    ),
    _waits(
        "inc.open",
        "I1",
        Group.STANDING,
        _("Incidents that go on"),
        _("How many incidents go on at this moment; what is repaired and only waits for its closing is none of them."),
        _("number of incidents that go on"),
        records=Records.TOLD,
        pair=("inc.mttr",),
    ),
    _waits(
        "bonus.waiting",
        "P7",
        Group.STANDING,
        _("Bonuses to be approved"),
        _("How many statements of bonuses wait for approval at this moment, of those that the reader may see."),
        _("number of drafts"),
        records=Records.TOLD,
        closed=True,
    ),
    _of_now(
        "staffing.gap",
        "W8",
        Group.ROSTER,
        _("Hours that lack people next week"),
        _(
            "How many hours of people the roster of the coming week lacks, from Monday to Sunday: for each hour whom"
            " the same weekdays of the last four weeks needed, less who is planned. Lines of which too little is known"
            " are left out."
        ),
        _("Σ over hours of people needed − people planned, where that is above none"),
        unit=Unit.HOURS,
        how=How.TOTAL,
        records=Records.BY_LINE,
        closed=True,
        pair=("hours.over",),
    ),
)
