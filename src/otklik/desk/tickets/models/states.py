"""The states of a ticket and what can come next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    NEW = "new", _("new")
    OPEN = "open", _("in work")
    PENDING_CLIENT = "pending_client", _("waiting for the client")
    SCHEDULED = "scheduled", _("put aside")
    RESOLVED = "resolved", _("resolved")
    REFUSED = "refused", _("refused")
    CLOSED = "closed", _("closed without an answer")


ENDED = (Status.RESOLVED, Status.REFUSED, Status.CLOSED)
OUR_MOVE = (Status.NEW, Status.OPEN)
ASLEEP = (Status.PENDING_CLIENT, Status.SCHEDULED)


class NextStep(models.TextChoices):
    ANSWER = "answer", _("answer the client")
    KEEP_PROMISE = "keep_promise", _("keep the promise")
    REMIND = "remind", _("remind the client")
    CONTINUE = "continue", _("continue")
    CLOSE = "close", _("close if the client stays silent")
    UPDATE = "update", _("tell the client how it goes")
    SOLVE = "solve", _("solve the request")


class Priority(models.IntegerChoices):
    LOW = 1, _("low")
    NORMAL = 2, _("normal")
    HIGH = 3, _("high")
    URGENT = 4, _("urgent")


class RefusalReason(models.TextChoices):
    OUTSIDE = "outside", _("outside of our responsibility")
    NO_SERVICE = "no_service", _("there is no such service")
    IMPOSSIBLE = "impossible", _("technically impossible")
    RULES = "rules", _("the contract or our rules do not allow it")
    LAW = "law", _("the law does not allow it")
    SECURITY = "security", _("it would put somebody's data at risk")
    CONDUCT = "conduct", _("the tone of the talk does not let us go on")
    OTHER = "other", _("another reason")
