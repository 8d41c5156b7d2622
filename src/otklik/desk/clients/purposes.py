"""Why we write to a client; what holds for a matter depends on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    ANSWER = "answer", _("an answer")
    RECEIPT = "receipt", _("a receipt")
    PROMISE = "promise", _("what we promised")
    NOTICE = "notice", _("a notice")
    REMINDER = "reminder", _("a reminder")
    SURVEY = "survey", _("a survey")
    MARKETING = "marketing", _("an offer")


OWED = frozenset({Purpose.ANSWER, Purpose.RECEIPT, Purpose.PROMISE})
"""What a person writes, what the client's own letter asks for, and the dates we gave: never held back."""
NOTICES = frozenset({Purpose.NOTICE, Purpose.REMINDER})
QUESTIONS = frozenset({Purpose.SURVEY, Purpose.MARKETING})


class Asks(models.TextChoices):
    """What a survey is about: each has a rest of its own between two of a kind (METRICS S12)."""

    ACT = "act", _("a survey after an act")
    RELATION = "relation", _("a survey of the relation")


class Agreed(models.TextChoices):
    """What a client agrees to, each apart from the others and from the contract."""

    SERVICE = "service", _("notices about their requests")
    SURVEYS = "surveys", _("surveys")
    MARKETING = "marketing", _("offers and news")


NEEDED: dict[str, Agreed] = {
    Purpose.NOTICE: Agreed.SERVICE,
    Purpose.REMINDER: Agreed.SERVICE,
    Purpose.SURVEY: Agreed.SURVEYS,
    Purpose.MARKETING: Agreed.MARKETING,
}
"""Offers go to those who agreed; the others to everybody who has not said no."""


class Held(models.TextChoices):
    """What a quiet period holds back, from the least to the most."""

    CALLS = "calls", _("calls, letters may come")
    QUESTIONS = "questions", _("surveys and offers")
    NOTICES = "notices", _("surveys, offers, reminders and notices")
    ALL = "all", _("calls and everything automatic")

    def covers(self, purpose: str, channel: str) -> bool:
        if channel == "phone" and self in (Held.CALLS, Held.ALL):
            return True
        if self in (Held.NOTICES, Held.ALL):
            return purpose in QUESTIONS | NOTICES
        return self is Held.QUESTIONS and purpose in QUESTIONS
