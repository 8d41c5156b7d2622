"""The school of the guide, counted step by step by the same formulas as the figures of the page."""

from dataclasses import dataclass

from otklik.core.formulas import churn, lifetime, ltv_base, ltv_client

STARTED, STAYED, CAME = 250, 150, 120
CHECK, PAYMENTS = 1550, 35
MARGIN = 0.6


@dataclass(frozen=True)
class Example:
    """Money in roubles, lifetimes in months."""

    churn: float
    wrong_churn: float
    discrete: float
    compound: float
    revenue: float
    arpu: float
    client: float
    by_margin: float
    of_payers: float
    base: float


def school() -> Example:
    share = churn(STARTED, STAYED) or 0.0
    told = lifetime(share, 12)
    months, revenue = told["discrete_months"], float(CHECK * PAYMENTS)
    return Example(
        churn=share,
        wrong_churn=(STARTED - STAYED - CAME) / STARTED,
        discrete=months or 0.0,
        compound=told["compound_months"] or 0.0,
        revenue=revenue,
        arpu=revenue / STARTED,
        client=ltv_client(revenue / STARTED, 1, months) or 0.0,
        by_margin=ltv_client(revenue / STARTED, MARGIN, months) or 0.0,
        of_payers=ltv_client(revenue / PAYMENTS, 1, months) or 0.0,
        base=ltv_base(revenue, 1, months) or 0.0,
    )
