"""The words of a complaint that are chosen from a list."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("complaint", "received")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    ASSESSED = "assessed", _("assessed")
    INVESTIGATING = "investigating", _("investigated")
    ANSWERED = "answered", pgettext_lazy("complaint", "answered")
    AGREES = "agrees", _("the client agrees")
    DISAGREES = "disagrees", _("the client disagrees")
    ACTING = "acting", _("measures run")
    CHECKING = "checking", _("the effect is checked")
    CLOSED = "closed", pgettext_lazy("complaint", "closed")


BEFORE_ANSWER = (State.RECEIVED, State.ACKNOWLEDGED, State.ASSESSED, State.INVESTIGATING)
HEARD = (State.AGREES, State.DISAGREES)


class Severity(models.IntegerChoices):
    MINOR = 1, _("minor")
    SERIOUS = 2, _("serious")
    CRITICAL = 3, _("critical")


class Risk(models.TextChoices):
    """What raises the severity by itself."""

    SAFETY = "safety", _("somebody's safety is at stake")
    LAW = "law", _("the law may be broken")
    VULNERABLE = "vulnerable", _("the client is vulnerable")


LEAST = {Risk.SAFETY: Severity.CRITICAL, Risk.LAW: Severity.SERIOUS, Risk.VULNERABLE: Severity.SERIOUS}


class Source(models.TextChoices):
    """How it came."""

    TALK = "talk", _("from the talk in a request")
    PHONE = "phone", _("by telephone")
    LETTER = "letter", _("a letter on paper")
    PERSON = "person", _("said in person")
    SURVEY = "survey", _("an answer to a survey")
    OTHER = "other", _("in another way")


class Decision(models.TextChoices):
    UPHELD = "upheld", _("upheld")
    PARTLY = "partly", _("upheld in part")
    NOT = "not", _("not upheld")


OURS = (Decision.UPHELD, Decision.PARTLY)
"""Something went wrong on our side: measures follow."""


class Reaction(models.TextChoices):
    AGREES = "agrees", pgettext_lazy("the client", "agrees")
    DISAGREES = "disagrees", pgettext_lazy("the client", "disagrees")
    SILENT = "silent", _("has not replied")


class Said(models.TextChoices):
    """What the client answers when asked whether it helped."""

    HELPED = "helped", _("it helped")
    NOT = "not", _("it did not help")
    SILENT = "silent", _("has not replied")


class Verdict(models.TextChoices):
    EFFECTIVE = "effective", _("effective")
    FAILED = "failed", _("not effective")
    UNPROVEN = "unproven", _("not proven")


class Due(models.TextChoices):
    """What is to be done by the next date."""

    ACKNOWLEDGE = "acknowledge", _("acknowledge")
    PROGRESS = "progress", _("tell the client how it goes")
    LEGAL = "legal", _("answer by law")
    HIGHER = "higher", _("decide on the second level")
    HEAR = "hear", _("hear whether the client agrees")
    ACT = "act", _("say what is done")
    MEASURE = "measure", _("finish a measure")
    CHECK = "check", _("check the effect")


def raised(severity: int, risks: "list[str]") -> int:
    """The severity that these risks do not let fall below."""
    return max([severity, *(LEAST[Risk(risk)] for risk in risks)])
