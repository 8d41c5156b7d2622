"""How the published roster was kept, what of paid time is work, and what of it breaks rules."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit

_of_shifts = partial(Metric, group=Group.ROSTER, records=Records.ROSTER)
ANCHOR = _("the shift begins, once it is over")

ROSTERED = (
    _of_shifts(
        "adherence",
        "W13",
        name=_("Adherence to the roster"),
        says=_(
            "Of the time in which the published roster had people at work, in how much of it they were ready or busy."
            " Breaks of the roster are no such time. Approved exceptions, and absences that a lead declared, change the"
            " roster first; who has no published shift has no figure. Whoever leads sees the people of their lines, all"
            " others themselves. Between 90 and 95 per cent is healthy; 100 is suspicious, and in no bonus may it weigh"
            " more than a tenth."
        ),
        formula=_("minutes on duty within the roster ÷ minutes of the roster"),
        anchor=ANCHOR,
        unit=Unit.SHARE,
        how=How.PART,
        measure=None,
        good=frozenset({1}),
        pair=("conformance", "qa.score"),
    ),
    _of_shifts(
        "conformance",
        "W13",
        name=_("Hours worked of the roster"),
        says=_(
            "How much was worked for the shifts of the published roster, whether then or somewhat later: more than 100"
            " per cent is overtime. Time ready or busy counts up to four hours before and after a shift, and half way"
            " to the next one at most. Exceptions and readers are those of adherence."
        ),
        formula=_("minutes on duty for the shifts ÷ minutes of the roster"),
        anchor=ANCHOR,
        unit=Unit.SHARE,
        how=How.PART,
        measure=None,
        good=frozenset({1}),
        pair=("adherence", "hours.over"),
    ),
    _of_shifts(
        "utilisation",
        "V10",
        name=_("Utilisation of paid time"),
        says=_(
            "How much of the paid time is spent in calls and with the result after them, as occupancy counts it. Paid"
            " is the published roster without its breaks and exceptions. Of people with an inner number, and of shifts"
            " in which somebody without one had a call: letters and chats have no recorded time of work. It is lower"
            " than occupancy by what is neither calls nor waiting for them."
        ),
        formula=_("calls with the time after them ÷ paid minutes of the roster"),
        anchor=ANCHOR,
        unit=Unit.SHARE,
        how=How.PART,
        measure=None,
        good=frozenset({1}),
        pair=("occupancy", "qa.score"),
    ),
    _of_shifts(
        "roster.violations",
        "W10",
        name=_("Rules that the roster breaks"),
        says=_(
            "How often published shifts break a rule: too little rest before the shift, two shifts in a row, no break"
            " or one that is too long, a week without 42 hours of rest, hours over the norm of the accounting period."
            " One shift may break several. Figures of the rules are those of the settings today; holidays, consents and"
            " overtime of a year are not seen from here. A lawyer must confirm this reading of the Labour Code."
        ),
        formula=_("number of rules broken, over the shifts that are over"),
        anchor=ANCHOR,
        unit=Unit.BREACHES,
        how=How.TOTAL,
        measure=None,
        better=Better.DOWN,
        pair=("availability.cover",),
    ),
    _of_shifts(
        "hours.over",
        "W10",
        name=_("Hours over the norm"),
        says=_(
            "By how much published shifts exceed the norm of hours of their accounting period, by the production"
            " calendar and without days of absence. It is told of the shifts that exceed it, the last ones of the"
            " period. Of the roster, not of the log: who stays longer than planned is seen in the hours worked."
        ),
        formula=_("hours of the shifts above the norm of the accounting period"),
        anchor=ANCHOR,
        unit=Unit.HOURS,
        how=How.TOTAL,
        measure=None,
        better=Better.DOWN,
        pair=("availability.cover",),
    ),
    _of_shifts(
        "hours.night",
        "W10",
        name=_("Hours by night"),
        says=_(
            "How much of the published shifts lies between 22 and 6 by the clock of the line, breaks included. Shifts"
            " of which nothing is left after exceptions are not counted."
        ),
        formula=_("hours of the shifts between 22:00 and 6:00"),
        anchor=ANCHOR,
        unit=Unit.HOURS,
        how=How.TOTAL,
        measure=None,
        better=Better.DOWN,
        pair=("availability.cover",),
    ),
)
