"""What the cards of clients say, and whether somebody made sure of it."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models import Confirmed
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.models.card_sum import WHOLE


def _confirmed(fact: str, name: str | LazyText, says: str | LazyText, formula: str | LazyText) -> Metric:
    return Metric(
        "card.completeness" if fact == WHOLE else f"card.completeness.{fact}",
        "V24",
        Group.STANDING,
        name,
        says,
        formula,
        _("it was counted, each night"),
        Unit.SHARE,
        How.SHARE,
        None,
        Better.UP,
        good=frozenset({1}),
        cards=fact,
    )


CARDS = (
    _confirmed(
        WHOLE,
        _("Complete cards of clients"),
        _(
            "Of the active clients, of how many the card says the form of address, the time zone, how well they know"
            " technology, their products and, where they speak for an organisation, their roles, and somebody made sure"
            " of each of these within 12 months. A client is a person; one is active who wrote within 12 months, or who"
            " has a product, themselves or by their organisation, that runs or ended within that time. Counted each"
            " night, of all lines. It is the state of our knowledge, never a target of a person."
        ),
        _("active clients with everything confirmed within 12 months ÷ active clients"),
    ),
    _confirmed(
        Confirmed.ADDRESS_AS,
        _("Form of address confirmed"),
        _("Of the active clients, of how many the card says how to address them, confirmed within 12 months."),
        _("confirmed within 12 months ÷ active clients"),
    ),
    _confirmed(
        Confirmed.TIME_ZONE,
        _("Time zone confirmed"),
        _("Of the active clients, of how many the card says the time zone, confirmed within 12 months."),
        _("confirmed within 12 months ÷ active clients"),
    ),
    _confirmed(
        Confirmed.LITERACY,
        _("Knowledge of technology confirmed"),
        _(
            "Of the active clients, of how many the card says how well they know technology, confirmed within 12"
            " months."
        ),
        _("confirmed within 12 months ÷ active clients"),
    ),
    _confirmed(
        Confirmed.ROLES,
        _("Roles confirmed"),
        _(
            "Of the active clients who speak for an organisation, of how many the card says for what, confirmed within"
            " 12 months."
        ),
        _("confirmed within 12 months ÷ active clients with an organisation"),
    ),
    _confirmed(
        Confirmed.PRODUCTS,
        _("Products confirmed"),
        _(
            "Of the active clients, of how many the card has a product that runs, theirs or of their organisation, and"
            " somebody confirmed within 12 months that this is what they have. Of an organisation it is confirmed once"
            " for all its people."
        ),
        _("confirmed within 12 months ÷ active clients"),
    ),
)
