"""What the rooms of pages tell; how each comes about is said in its room (`layer.told`)."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit

_of_room = partial(Metric, records=Records.TOLD, measure=None)
_share = partial(_of_room, unit=Unit.SHARE, how=How.SHARE)
_part = partial(_of_room, unit=Unit.SHARE, how=How.PART, good=frozenset({1}))
_of_people: Any = {"group": Group.PEOPLE, "closed": True}
_steering: Any = {"group": Group.STEERING}
_value: Any = {"group": Group.VALUE, "closed": True, "as_of_now": True, "anchor": _("as of now")}
NOW = _("as of now")
COUNTS = frozenset({1})

OF_ROOMS = (
    Metric(
        "change.lead",
        "G6",
        Group.CHANGES,
        _("Lead time of changes"),
        _("How long a change took from the question for approval until it was carried out; half were faster."),
        _("median of carried out − asked, by the calendar"),
        _("the change is carried out"),
        Unit.SPAN,
        How.MEDIAN,
        None,
        Better.DOWN,
        clock=_("by the calendar"),
        records=Records.CHANGES,
        pair=("change.failed",),
    ),
    Metric(
        "change.failed",
        "G6",
        Group.CHANGES,
        _("Changes rolled back"),
        _("Of the changes that ended, how many had to be rolled back."),
        _("rolled back ÷ carried out and rolled back"),
        _("the change ends"),
        Unit.SHARE,
        How.SHARE,
        None,
        Better.DOWN,
        good=COUNTS,
        records=Records.CHANGES,
        pair=("change.lead",),
    ),
    _share(
        "changes.measured",
        "G6",
        Group.CHANGES,
        _("Improvements that were concluded"),
        _(
            "Of the improvements of our own work whose day of judgement has come, of how many somebody wrote down what"
            " follows: keep it, adjust it or take it back. Until then the figures before and after stand there unread."
        ),
        _("with a decision ÷ judged by their figures"),
        _("the day on which it may be judged"),
        better=Better.UP,
        good=COUNTS,
    ),
    _share(
        "kb.selfservice",
        "Q10",
        Group.KNOWLEDGE,
        _("Helped themselves, at most"),
        _(
            "Of the views of articles by clients, after how many nobody said that it did not help, nor began a letter"
            " on its page. An upper bound: readers are not known, so nobody can tell who asked by another way within a"
            " day."
        ),
        _("views without a bad word or a letter ÷ views of articles"),
        _("the day of the view"),
        better=Better.UP,
        good=COUNTS,
        pair=("kb.unmet", "csat.t2b"),
    ),
    _share(
        "kb.unmet",
        "Q10",
        Group.KNOWLEDGE,
        _("Searched in vain"),
        _("Of what clients searched for in the knowledge base, how often nothing was found, or nothing of it opened."),
        _("searches without an opened article ÷ all searches of clients"),
        _("the day of the search"),
        better=Better.DOWN,
        good=COUNTS,
    ),
    _share(
        "kb.freshness",
        "Q10",
        Group.KNOWLEDGE,
        _("Read anew in time"),
        _("Of published articles, how many need no review yet: their review date has not come."),
        _("with a review date ahead ÷ all published articles"),
        NOW,
        better=Better.UP,
        good=COUNTS,
        as_of_now=True,
    ),
    _share(
        "churn.logo",
        "L1",
        name=_("Churn of clients in a year"),
        says=_(
            "Of the clients who were there a year ago, how many have left since, in the last twelve whole months; of"
            " the currency in which most clients pay. For who may see what clients are worth."
        ),
        formula=_("left within twelve months ÷ there at their beginning"),
        better=Better.DOWN,
        good=COUNTS,
        **_value,
    ),
    _of_room(
        "lifetime",
        "L2",
        name=_("Lifetime of a client"),
        says=_(
            "How many months a client stays on average, if as many go on leaving: by the discrete convention, sixty at"
            " most; unknown while nobody has left."
        ),
        formula=_("12 ÷ churn of the last twelve whole months, at most 60"),
        unit=Unit.MONTHS,
        how=How.TOTAL,
        better=Better.UP,
        **_value,
    ),
    _of_room(
        "lifetime.rmst",
        "L6",
        name=_("Months kept of the first ones"),
        says=_(
            "How many of the first months a client stays, by the curve of those who left and those who are still here;"
            " up to the longest horizon that enough clients were watched for."
        ),
        formula=_("area under the curve of Kaplan and Meier up to the horizon"),
        unit=Unit.MONTHS,
        how=How.TOTAL,
        better=Better.UP,
        **_value,
    ),
    _of_room(
        "retention.km",
        "L6",
        name=_("By which month half have left"),
        says=_("Half of the clients stay longer, by the curve of Kaplan and Meier; unknown while more than half stay."),
        formula=_("the month in which the curve falls to one half"),
        unit=Unit.MONTHS,
        how=How.TOTAL,
        better=Better.UP,
        **_value,
    ),
    _part(
        "revenue.grr",
        "L7",
        name=_("Gross revenue retention"),
        says=_("How much of the revenue of a year ago the same clients still bring, without what grew since."),
        formula=_("product of the shares of the last twelve whole months"),
        better=Better.UP,
        **_value,
    ),
    _part(
        "revenue.nrr",
        "L7",
        name=_("Net revenue retention"),
        says=_("How much of the revenue of a year ago the same clients bring now, with what grew since."),
        formula=_("product of the shares of the last twelve whole months"),
        better=Better.UP,
        **_value,
    ),
    _share(
        "hire.early_attrition",
        "P3",
        name=_("Left within ninety days"),
        says=_("Of those who were taken, how many left within their first ninety days; of candidates that one sees."),
        formula=_("left within 90 days ÷ taken"),
        anchor=_("ninety days after the first one are over"),
        better=Better.DOWN,
        good=COUNTS,
        **_of_people,
    ),
    _share(
        "onboard.passed",
        "P3",
        name=_("Checkpoints passed in time"),
        says=_("Of the checkpoints of newcomers, how many were passed by their day; of newcomers that one sees."),
        formula=_("passed by its day ÷ checkpoints whose day is over"),
        anchor=_("the day of the checkpoint"),
        better=Better.UP,
        good=COUNTS,
        **_of_people,
    ),
    _part(
        "attest.valid",
        "P4",
        name=_("Skills with a valid attestation"),
        says=_("Of the skills of people whom one leads, how many have an attestation that holds today."),
        formula=_("with a valid attestation ÷ all skills of these people"),
        anchor=NOW,
        better=Better.UP,
        as_of_now=True,
        **_of_people,
    ),
    _of_room(
        "hire.agreement",
        "P2",
        name=_("Interviewers agree"),
        says=_(
            "How far interviewers who marked a candidate by themselves gave the same: Krippendorff's alpha over the"
            " criteria of all candidates who were decided about, of those that one sees. From 0.80 on it may be relied"
            " on, from 0.67 on with care; below that the question is worded anew. Of fewer than ten candidates nothing"
            " is told."
        ),
        formula=_("1 − observed disagreement ÷ disagreement by chance, of ordered levels"),
        anchor=NOW,
        unit=Unit.RATIO,
        how=How.TOTAL,
        better=Better.UP,
        as_of_now=True,
        **_of_people,
    ),
    _of_room(
        "onboard.ttp",
        "P3",
        name=_("Until newcomers work at level"),
        says=_(
            "By which day after their first one half of the newcomers of the last year had ten business days in a row"
            " with 80 points for their conversations; who left counts as long as they were here. How much they do is"
            " not in it: nothing here holds how much work a kind of request is. Of fewer than twenty newcomers there is"
            " a list and no figure."
        ),
        formula=_("the day on which the curve of Kaplan and Meier falls to one half"),
        anchor=NOW,
        unit=Unit.DAYS,
        how=How.TOTAL,
        better=Better.DOWN,
        as_of_now=True,
        pair=("qa.score",),
        **_of_people,
    ),
    _of_room(
        "train.gain",
        "P4",
        name=_("Gain of trainings"),
        says=_(
            "By how many points of 100 the same people did better after a wave of a course than before it: of the waves"
            " that ended within a year, and of the people whom one leads. Without others who were not taught it says"
            " that they know more, not that the course did it."
        ),
        formula=_("mean of points after − points before, of the same people; interval of the paired t"),
        anchor=NOW,
        unit=Unit.SCORED,
        how=How.TOTAL,
        better=Better.UP,
        as_of_now=True,
        pair=("qa.score",),
        **_of_people,
    ),
    _part(
        "goal.coverage",
        "G3",
        name=_("Goals and tasks with a why"),
        says=_("Of goals that stand and tasks of this quarter, how many serve a standing goal above them."),
        formula=_("with a standing goal above ÷ all but visions"),
        anchor=NOW,
        better=Better.UP,
        as_of_now=True,
        **_steering,
    ),
    _part(
        "goal.binary",
        "G2",
        name=_("Goals reached"),
        says=_("Of the goals of yes or no that were judged, how many were reached."),
        formula=_("yes ÷ judged"),
        anchor=_("the goal is judged"),
        better=Better.UP,
        **_steering,
    ),
    *(
        _part(
            name,
            "G4",
            name=called,
            says=says,
            formula=formula,
            anchor=_("the quarter ends"),
            better=better,
            **_steering,
        )
        for name, called, says, formula, better in (
            (
                "plan.done",
                _("Done of the plan"),
                _("Of the tasks that a quarter was planned with, how many were done in it."),
                _("done in their quarter ÷ planned for it"),
                Better.UP,
            ),
            (
                "plan.carried",
                _("Carried into another quarter"),
                _("Of the tasks that a quarter was planned with, how many went on into a later one."),
                _("carried ÷ planned"),
                Better.DOWN,
            ),
            (
                "plan.dropped",
                _("Dropped from the plan"),
                _("Of the tasks that a quarter was planned with, how many were given up."),
                _("dropped ÷ planned"),
                Better.DOWN,
            ),
        )
    ),
    _part(
        "retro",
        "G5",
        name=_("Retrospectives held"),
        says=_("Of the retrospectives that were due, how many were held, also when late."),
        formula=_("held ÷ due"),
        anchor=_("the day on which it was due"),
        better=Better.UP,
        **_steering,
    ),
    _part(
        "continuity",
        "G7",
        name=_("Drills that held"),
        says=_("Of the drills of plans for bad days, how many held: one that was not done did not."),
        formula=_("held ÷ due, and those held before their day"),
        anchor=_("the day on which it was due, or on which it was held before"),
        better=Better.UP,
        **_steering,
    ),
)
