"""How each figure of the page is counted: its definition and its formula (METRICS L1-L9)."""

from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definition:
    """`id` is the name in METRICS."""

    id: str
    name: str | LazyText
    says: str | LazyText
    formula: str | LazyText


DEFINITIONS = (
    Definition(
        "churn.logo",
        _("Churn"),
        _("Of the clients who were there at the start, the share that was gone at the end. Newcomers do not count."),
        _("(at the start − of them still there) ÷ at the start"),
    ),
    Definition(
        "lifetime.rmst",
        _("Months kept"),
        _("How many of the first months a client stays in the mean. Nothing is assumed about months nobody saw."),
        _("area under the curve of those who stay, up to the last month with five clients watched"),
    ),
    Definition(
        "lifetime",
        _("Expected lifetime"),
        _("How long a client would stay if the churn of the last year went on for ever."),
        _("12 ÷ churn of the year; compounding: 1 ÷ (1 − (1 − churn)^(1/12)); in money at most 60 months"),
    ),
    Definition(
        "ltv.client",
        _("Value of a client"),
        _(
            "What one client brings while they stay: revenue of a month for each "
            "active client, times margin and months."
        ),
        _("paid in the last whole months ÷ clients active in them × margin × months kept"),
    ),
    Definition(
        "ltv.base",
        _("Value of the base"),
        _(
            "The same for all clients who are here. It grows with every newcomer, "
            "so it proves nothing about the service."
        ),
        _("value of a client × active clients"),
    ),
    Definition(
        "ltv.discounted",
        _("Discounted value"),
        _("Money that comes later is worth less today."),
        _("margin of a month × sum over 60 months of ((1 − monthly churn) ÷ (1 + monthly discount))^month"),
    ),
    Definition(
        "retention.km",
        _("Curve of those who stay"),
        _(
            "The share of clients who are still there at each age. Who is here now "
            "counts up to their age, and no further."
        ),
        _("Kaplan–Meier: product of (1 − left ÷ watched) over the ages; 95 % interval by log(−log)"),
    ),
    Definition(
        "revenue.grr",
        _("Revenue kept"),
        _(
            "Of the monthly revenue at the start, what was left without newcomers; "
            "net with what the same clients added."
        ),
        _("gross: (start − lost − shrunk) ÷ start; net: the same + grown ÷ start; a year is the product of its months"),
    ),
    Definition(
        "ltv.bgnbd",
        _("Purchases without a contract"),
        _(
            "Of who buys when they like: how many will come again, and how often in a year. It is told of three hundred"
            " clients and more, and only where the second half of the past came within a quarter of what the first half"
            " had foretold. Whoever has ever had a contract is not among them."
        ),
        _("BG/NBD: P(alive) and expected purchases of each client by how often, how lately and how long they buy"),
    ),
    Definition(
        "ltv.service_effect",
        _("Before and after a change"),
        _(
            "Clients who came in the year after a change against those of the year before it, watched for as long. "
            "Whose contract was renewed then is not counted as newly come: accounts do not tell renewals apart."
        ),
        _(
            "difference of the months kept, ± 1.96 × √(error² + error²), proven when the interval leaves out zero; "
            "log-rank p within the same months; price of a month of those who are here, before and after"
        ),
    ),
)
