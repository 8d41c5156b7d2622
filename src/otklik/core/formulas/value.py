"""What a client is worth."""

from otklik.core.formulas.arguments import a_share, at_least_zero


def ltv_client(arpu_month: float, margin: float, lifetime_months: float | None) -> float | None:
    """Revenue of one active client a month × share of margin × months; money per client (L3)."""
    return _worth(arpu_month, margin, lifetime_months)


def ltv_base(revenue_month: float, margin: float, lifetime_months: float | None) -> float | None:
    """Revenue of the whole base a month × share of margin × months; money (L4).  It grows with every newcomer."""
    return _worth(revenue_month, margin, lifetime_months)


def _worth(revenue: float, margin: float, months: float | None) -> float | None:
    at_least_zero(revenue=revenue)
    a_share(margin=margin)
    if months is None:
        return None
    at_least_zero(lifetime=months)
    return revenue * margin * months


def ltv_discounted(margin: float, retention: float, discount: float, horizon: int | None = None) -> float | None:
    """Margin of a client per period, the first now, discounted (L5; Gupta & Lehmann 2003).

    For ever m·(1+d)/(1+d−r), undefined when 1+d ≤ r; over H periods m·Σ (r/(1+d))^t, t from 0.
    """
    a_share(retention=retention)
    if discount <= -1:
        raise ValueError(f"a discount of {discount} leaves nothing to divide by")
    if horizon is not None:
        at_least_zero(horizon=horizon)
    factor = retention / (1 + discount)
    if horizon is None:
        return margin / (1 - factor) if factor < 1 else None
    return margin * sum(factor**period for period in range(horizon))
