"""What becomes of complaints: of those that the reader may see."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.catalogue.clocks import CALENDAR
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit


def _share(
    name: str, guide: str, label: str | LazyText, says: str | LazyText, formula: str | LazyText, anchor: str | LazyText,
    better: Better = Better.UP, pair: tuple[str, ...] = ("complaint.rate",),
) -> Metric:  # fmt: skip
    return Metric(
        name,
        guide,
        Group.COMPLAINTS,
        label,
        says,
        formula,
        anchor,
        Unit.SHARE,
        How.SHARE,
        None,
        better,
        good=frozenset({1}),
        pair=pair,
        records=Records.COMPLAINTS,
    )


COMPLAINTS = (
    Metric(
        "complaint.rate",
        "K1",
        Group.COMPLAINTS,
        _("Complaints for a thousand contacts"),
        _(
            "How many complaints came for each thousand contacts of clients. More of them may mean that it became"
            " easier to complain: read it beside what comes back. It is told to those who lead."
        ),
        _("complaints ÷ contacts · 1,000, with the exact interval"),
        _("received"),
        Unit.PER_THOUSAND,
        How.RATE,
        None,
        pair=("reopen", "repeat.rate"),
        records=Records.COMPLAINTS,
    ),
    Metric(
        "complaint.rate.clients",
        "K1",
        Group.COMPLAINTS,
        _("Complaints for a thousand clients in a month"),
        _(
            "How many complaints came for each thousand clients who were active for a month. Active is who wrote within"
            " a year or has a product of ours; they are counted each night, and a day that no night counted is left out"
            " with its complaints. Clients are of no line, so it is told of the whole department alone."
        ),
        _("complaints ÷ months of active clients · 1,000, with the exact interval"),
        _("received"),
        Unit.PER_CLIENTS,
        How.RATE,
        None,
        pair=("complaint.rate", "reopen", "churn.logo"),
        records=Records.COMPLAINTS,
    ),
    _share(
        "complaint.ack",
        "K2",
        _("Complaints acknowledged in time"),
        _("Of the complaints whose acknowledgement was due, how many were acknowledged by a person within the term."),
        _("acknowledged in time ÷ due"),
        _("acknowledgement due"),
    ),
    _share(
        "complaint.legal",
        "K2",
        _("Complaints answered in the legal term"),
        _("Of the complaints whose legal date has come, how many were answered by then. This clock never pauses."),
        _("answered in time ÷ due"),
        _("answer due by law"),
        pair=("complaint.upheld",),
    ),
    Metric(
        "complaint.cycle",
        "K2",
        Group.COMPLAINTS,
        _("Until a complaint is answered"),
        _("From the day a complaint came until the decision was told. One that is still open is in no median."),
        _("median; nine of ten beside it"),
        _("answered"),
        Unit.SPAN,
        How.MEDIAN,
        None,
        Better.DOWN,
        CALENDAR,
        pair=("complaint.legal",),
        records=Records.COMPLAINTS,
    ),
    _share(
        "complaint.upheld",
        "K3",
        _("Complaints upheld"),
        _("Of the decided complaints, how many were right in full or in part."),
        _("upheld in full or in part ÷ decided"),
        _("answered"),
        Better.NEITHER,
    ),
    _share(
        "complaint.cause_shift",
        "K3",
        _("Another cause than stated"),
        _(
            "Of the closed complaints with a stated and a found cause, in how many these differ: what clients see is"
            " not why."
        ),
        _("closed with another cause ÷ closed with both"),
        _("closed"),
        Better.NEITHER,
        pair=("complaint.cause_coverage",),
    ),
    _share(
        "complaint.cause_coverage",
        "K3",
        _("Cause three whys deep"),
        _(
            "Of the closed complaints, of how many it was asked why until something can be mended: three times at"
            " least."
        ),
        _("closed with three whys ÷ closed"),
        _("closed"),
        pair=("complaint.cycle",),
    ),
    _share(
        "capa.done",
        "K4",
        _("Measures done in time"),
        _("Of the measures after complaints that were due, how many were done by their date."),
        _("done in time ÷ due"),
        _("measure due"),
        pair=("capa.effective",),
    ),
    _share(
        "capa.effective",
        "K4",
        _("Measures that helped"),
        _("Of the complaints whose measures were checked, after how many repeats have provably become fewer."),
        _("effective ÷ checked"),
        _("effect checked"),
        pair=("capa.done",),
    ),
    _share(
        "complaint.recurrence",
        "K6",
        _("Causes that came back"),
        _(
            "Of the upheld complaints that were closed, after how many another upheld one of the same cause came within"
            " 90 days. It is counted where these days are over."
        ),
        _("with another upheld one of the same cause within 90 days ÷ upheld ones that were closed"),
        _("90 days after it was closed"),
        Better.DOWN,
        pair=("capa.effective",),
    ),
    _share(
        "complaint.recovery",
        "K5",
        _("Complainants who stayed"),
        _(
            "Of the clients who complained half a year ago, how many are still ours. It is counted where half a year is"
            " over, once for each client, and only of those of whom we know that they were ours: a product that ran on"
            " the day of the complaint, or a payment within the half year before it. Still ours is who has a product"
            " that runs half a year after the complaint, or who paid in the last three months of that time. An"
            " organisation counts for its people. A good answer does not make up for a failure: studies find more"
            " satisfaction after one, never more loyalty."
        ),
        _("still clients 180 days after the complaint ÷ clients who complained 180 days ago"),
        _("half a year after the complaint"),
        pair=("complaint.rate",),
    ),
)
