"""What clients are worth, on paper: the whole base, and one client."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from otklik.core.paper import Block, Cell, Facts, Figure, Figures, Heading, Paper, Table, Words, read
from otklik.core.ui import words
from otklik.core.ui.charts import chart_line, heat_map
from otklik.front.board.papers.frame import framed, happened
from otklik.front.board.value.definitions import DEFINITIONS
from otklik.team.value.models import Counted


def of_value(told: Mapping[str, Any]) -> Paper:
    """`told` as the page of value tells it."""
    heads = [
        *(_("Month"), _("At the start"), _("Left"), _("Came"), _("Churn")),
        *(_("Revenue kept, gross"), _("Revenue kept, net"), _("Paid")),
    ]
    year = {"gross": told["year"]["grr"], "net": told["year"]["nrr"]}
    kept = _("Revenue kept over twelve months: gross %(gross)s, net %(net)s.") % year
    blocks: list[Block] = [
        Figures([_figure(one) for one in told["stats"]]),
        *([] if told["margin_known"] else [Words(_revenue_only(), quiet=True)]),
        Heading(_("Who left, by month"), _plain(_("Clients, %% of those at the start"))),
        _line(told["course"], told["course"]["clients"], marks=told["marks"]),
        Heading("", _plain(_("Revenue lost and shrunk, %%"))),
        _line(told["course"], told["course"]["revenue"], marks=told["marks"]),
        *happened(told["happened"]),
        Table(heads, [_month(row) for row in told["months"]]),
        Words(kept, quiet=True),
        Heading(_("How long they stay"), _plain(_("%% still there by month of age; the band is the 95 %% interval"))),
        _line(told["curve"], told["curve"]["values"], band=told["curve"]["band"]),
        Heading(_("Cohorts"), str(told["kinds"][told["of"]])),
        read(heat_map(told["cohorts"], _("Cohorts"), unit="%", columns=told["columns"], corner=_("Came in")))
        if told["cohorts"]
        else Words(_("Nobody came in the last twelve months."), quiet=True),
        Heading(_("By segment"), str(told["sides"][told["side"]])),
        Table(
            [_("Name"), _("Clients now"), _("Churn of the year"), _("A client stays"), _("Value of a client")],
            [_segment(row) for row in told["segments"]],
        ),
        *_lasting(told["lasting"]),
        *_effect(told["effect"]),
        Heading(_("How it is counted")),
        Facts([(str(one.name), f"{one.says} {one.formula}") for one in DEFINITIONS]),
    ]
    lead = _("How long clients stay, and what they bring while they do.")
    return framed(_("Value of clients"), blocks, lead, [(_("Currency"), told["currency"]), *_counted()])


def of_client(told: Mapping[str, Any]) -> Paper:
    """`told` as the page of the client tells it."""
    blocks: list[Block] = []
    for one in told["currencies"]:
        if len(told["currencies"]) > 1:
            blocks.append(Heading(one["currency"]))
        blocks.append(Figures([_figure(stat) for stat in one["stats"]]))
        if chart := one["chart"]:
            drawn = chart_line(
                chart["values"],
                chart["says"],
                labels=chart["labels"],
                points=chart["points"],
                unit=chart["unit"],
                marks=chart["marks"],
                means=False,
            )
            blocks += [Heading(_("Paid, by month")), read(drawn)]
    if not blocks:
        blocks.append(Words(_("Nothing is known of what they pay"), quiet=True))
    blocks += happened(told["happened"])
    service = told["service"]
    blocks += [Heading(_("What serving them takes"), _("the last twelve months")), Facts(service["rows"])]
    blocks += [Words(note, quiet=True) for note in service["notes"]]
    if told["currencies"] and not told["margin_known"]:
        blocks.append(Words(_revenue_only(), quiet=True))
    return framed(told["holder"].name, blocks, _("Value of the client"), [*told["facts"], *_counted()])


def _plain(text: str) -> str:
    """Of a text that pages have too: in their catalogue a percent sign stands twice."""
    return text.replace("%%", "%")


def _revenue_only() -> str:
    return _("The margin is not known: money is told by revenue, not by what is left of it.")


def _counted() -> list[tuple[str, str]]:
    found = Counted.objects.filter(pk=1).first()
    return [(pgettext("at a moment", "Counted"), words.exact(found.at))] if found else []


def _figure(stat: Mapping[str, Any]) -> Figure:
    return Figure(
        str(stat["label"]), stat["value"], notes=[str(one) for one in stat["notes"]], pale=stat.get("pale", False)
    )


def _line(
    told: Mapping[str, Any], values: Sequence[float | None], *, marks: Sequence[Any] = (), band: Sequence[Any] = ()
) -> Block:
    drawn = chart_line(
        values,
        told["says"],
        labels=told["labels"],
        points=told["points"],
        unit="%",
        digits=1,
        marks=marks,
        band=band,
        means=False,
    )
    return read(drawn)


def _month(row: Mapping[str, Any]) -> list[str]:
    counts = [words.number(row[name]) for name in ("started", "left", "came")]
    return [row["month"], *counts, row["churn"], row["grr"], row["nrr"], row["paid"]]


def _segment(row: Mapping[str, Any]) -> list[str | Cell]:
    clients = words.number(row["clients"])
    if row["hidden"]:
        return [row["name"], clients, Cell(_("not enough data"), pale=True), "—", "—"]
    return [row["name"], clients, Cell(row["churn"], row["sure"]), row["months"], row["worth"]]


def _lasting(told: Mapping[str, Any]) -> list[Block]:
    rows = [
        (name, f"{side['value']} {side['sure']} · {words.number(side['clients'])}")
        for name, side in (
            (_("Came in the year before"), told["before"]),
            (_("Came in the year after"), told["after"]),
        )
    ]
    rows.append((_("Difference"), f"{told['verdict']} {told['difference']}"))
    caution = _(
        "Whatever else changed in that time is in it as well: this is no cause. Who came later may be of another plan"
        " or have come for another reason."
    )
    since = words.date_of(told["since"])
    return [Heading(_("Before and after a change"), since), Facts(rows), Words(caution, quiet=True)]


def _effect(told: Mapping[str, Any]) -> list[Block]:
    heading = Heading(_("Service and staying"))
    if not told["says"]:
        return [heading, Words(_("not enough data"), quiet=True)]
    found = told["found"]
    said = _("%(stayed)s of %(all)s stayed, %(share)s")
    rows = [
        (
            name,
            said
            % {
                "stayed": words.number(side.stayed),
                "all": words.number(side.clients),
                "share": words.percent(side.share, 1),
            },
        )
        for name, side in (
            (_("After a broken promise or a score of 1 or 2"), found.broken),
            (_("Without either"), found.none),
        )
    ]
    return [heading, Facts([*rows, (_("Difference"), f"{told['verdict']} {told['says']}")])]
