"""What can come of a call: one table for forms, verbs and figures."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Result(models.TextChoices):
    ANSWERED = "answered", _("answered at once")
    PROMISED = "promised", _("promised an answer")
    PASSED_ON = "passed_on", _("goes on with us")
    NO_ONE = "no_one", _("nobody was there")
    WRONG = "wrong", _("wrong number")


@dataclass(frozen=True)
class Ending:
    """What a result asks for and does: `reached` says that we spoke to the client, `dated` that it needs a date.

    `solves` ends the request, `idle` says that the call was about nothing: a request that it has opened is closed.
    """

    glyph: str
    reached: bool = True
    dated: bool = False
    solves: bool = False
    idle: bool = False


ENDINGS = {
    Result.ANSWERED: Ending("check", solves=True),
    Result.PROMISED: Ending("vow", dated=True),
    Result.PASSED_ON: Ending("arrow-r"),
    Result.NO_ONE: Ending("phone-end", reached=False, idle=True),
    Result.WRONG: Ending("x", reached=False, idle=True),
}
