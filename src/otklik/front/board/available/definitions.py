"""How each figure of the page is counted: its definition and its formula (METRICS I5, I6)."""

from django.utils.translation import gettext_lazy as _

from otklik.front.board.value.definitions import Definition

UPTIME = Definition(
    "uptime",
    _("Availability"),
    _(
        "The share of time in which it worked. Several outages at once count once, the heaviest; works that were "
        "announced in time do not count; time in which nobody looked is left out. Several components are as "
        "available as the worst of them. It is a count of all moments and no sample, so it has no interval; of less "
        "than a day it is not told."
    ),
    _("1 − Σ weight × time ÷ (window − planned works − time nobody looked)"),
)
CLIENTS = Definition(
    "client_availability",
    _("Availability for clients"),
    _(
        "The same, weighed by whom it concerned: by the clients who have the product, or by those whom somebody "
        "counted as affected. Components without a product are not in it."
    ),
    _("1 − Σ affected × time ÷ (clients × time)"),
)
BUDGET = Definition(
    "error_budget",
    _("Downtime budget"),
    _(
        "How much may be lost so that the target is kept, and what is left of it. The pace is the share that is "
        "spent against the share of the time that has passed: above 1 it does not last to the end."
    ),
    _("(1 − target) × window − lost; pace = share spent ÷ share of time passed"),
)
CREDIT = Definition(
    "sla.credit",
    _("Money back"),
    _(
        "What a month's breach gives back by the tiers that are published, for each client who has the product, at "
        "most the cap. Where no fee is known nothing is reckoned, and it is said of how many."
    ),
    _("monthly fee × share of the tier that the availability reaches"),
)
OF_TIME = (UPTIME, CLIENTS, BUDGET)
