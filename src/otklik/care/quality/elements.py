"""What is looked at in a conversation (METRICS Q1), and the card with which a department begins."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.quality.states import Family


class Element(models.TextChoices):
    """The five elements of service, and two that quality control adds."""

    AVAILABILITY = "availability", _("Availability")
    SOLUTION = "solution", _("Solution")
    SPEED = "speed", _("Speed")
    ETIQUETTE = "etiquette", _("Etiquette")
    PARTICIPATION = "participation", _("Participation")
    UNDERSTANDING = "understanding", _("Mutual understanding")
    KNOWLEDGE = "knowledge", _("Knowledge")


class Usual(NamedTuple):
    """A criterion of the first card; `steps` is its highest mark."""

    element: Element
    name: str
    guidance: str
    weight: int
    steps: int
    critical: str = ""
    may_skip: bool = True


def usual() -> list[Usual]:
    """In the language in which it is asked for."""
    e = Element
    return [
        Usual(e.AVAILABILITY, _now("Knew the client at once"),
              _now("Answered in the channel of the client, did not ask for what we know."), 10, 4),
        Usual(e.SOLUTION, _now("It was solved"),
              _now("0: left as it was. 2: a patch. 4: the root cause, with somebody who answers for it."), 30, 4),
        Usual(e.SPEED, _now("Nothing waited in vain"),
              _now("Passed on in time, kept the dates, wrote before the client asked."), 15, 4),
        Usual(e.ETIQUETTE, _now("Good manners"),
              _now("Greeting, name, hold, farewell; calm when provoked."), 15, 4),
        Usual(e.PARTICIPATION, _now("Took part in the matter"),
              _now("Felt with the client, helped beyond the duty."), 15, 4),
        Usual(e.UNDERSTANDING, _now("Heard the client and was understood"),
              _now("Technical words became human ones, nothing was asked twice."), 10, 4),
        Usual(e.KNOWLEDGE, _now("The solution is written down or linked"), "", 5, 1),
        Usual(e.SOLUTION, _now("What was said is true"),
              _now("0: false information, no solution, or rudeness."), 0, 1, Family.CLIENT),
        Usual(e.SOLUTION, _now("It cost us nothing needless"),
              _now("0: lost income, a wrong record, a needless expense."), 0, 1, Family.BUSINESS),
        Usual(e.ETIQUETTE, _now("Personal data are safe"),
              _now("0: personal data were given away, or the law was broken."), 0, 1, Family.COMPLIANCE),
    ]  # fmt: skip
