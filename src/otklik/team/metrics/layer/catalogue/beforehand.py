"""What was done before a client had to ask: of all lines together."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.models.offering import COMES_BACK
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit

assert timedelta(hours=24) == COMES_BACK  # the texts below say so

BEFOREHAND = (
    Metric(
        "kb.deflection",
        "Q10",
        Group.KNOWLEDGE,
        _("Helped at the form"),
        _(
            "Of the clients who began to fill in the request form from a page of theirs, how many read an answer that"
            " was offered there, sent nothing and asked by no way within 24 hours. Only of these is it known whether"
            " they asked again: strangers stand in the figure beside it. What is younger than a day is not counted."
        ),
        _("read an answer, sent nothing, did not ask again ÷ began to write"),
        _("began to write"),
        Unit.SHARE,
        How.SHARE,
        None,
        Better.UP,
        good=frozenset({1}),
        matures=COMES_BACK,
        pair=("fcr.net", "csat.t2b"),
        records=Records.FORMS,
    ),
    Metric(
        "kb.deflection.most",
        "Q10",
        Group.KNOWLEDGE,
        _("Helped at the form, at most"),
        _(
            "The same of everybody who began to fill in the form. An upper bound: whether a stranger who left asked by"
            " another way nobody can tell, for no cookie tells them apart. What is younger than a day is not counted."
        ),
        _("read an answer, sent nothing, not known to have asked again ÷ began to write"),
        _("began to write"),
        Unit.SHARE,
        How.SHARE,
        None,
        Better.UP,
        good=frozenset({1}),
        matures=COMES_BACK,
        pair=("kb.deflection",),
        records=Records.FORMS,
    ),
    Metric(
        "proactive.coverage",
        "V25",
        Group.HELD,
        _("Told ahead"),
        _(
            "Of the events that were known ahead of a client, as the end of a trial, of a product or of the balance,"
            " for how many a notice was sent in time and arrived. In time is so many days before as the settings of"
            " notices said when the event became known. A date that was moved is no event, what became known too late"
            " for a notice is not counted, and a letter that came back told nobody."
        ),
        _("told in time ÷ events whose day has come"),
        _("day of the event"),
        Unit.SHARE,
        How.SHARE,
        None,
        Better.UP,
        good=frozenset({1}),
        pair=("csat.t2b",),
        records=Records.AHEAD,
    ),
)
