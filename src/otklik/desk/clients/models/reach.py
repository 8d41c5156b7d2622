"""How a person likes to be reached: the way, and the hours at their place."""

import re
from datetime import time

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_HOURS = re.compile(r"\s*(\d{1,2})(?::(\d\d))?\s*[-\N{EN DASH}\N{EM DASH}]\s*(\d{1,2})(?::(\d\d))?\s*")


class ReachBy(models.TextChoices):
    EMAIL = "email", _("by letter")
    PHONE = "phone", _("by phone")
    CHAT = "chat", _("in a messenger")


def hours_of(said: str) -> tuple[time, time] | None:
    """The hours that a text names; None for none."""
    if not said:
        return None
    found = _HOURS.fullmatch(said)
    if found is None:
        raise ValidationError(_("Write hours as 10:00-18:00."))
    begins, past, ends, over = (int(part or 0) for part in found.groups())
    try:
        hours = time(begins, past), time(ends % 24, over)
    except ValueError:
        raise ValidationError(_("Write hours as 10:00-18:00.")) from None
    if hours[0] == hours[1] or ends > 24 or (ends == 24 and over):
        raise ValidationError(_("Write hours as 10:00-18:00."))
    return hours


def kept_hours(said: str) -> str:
    """Hours as they are kept: 09:00-18:00.  Raises ValidationError."""
    hours = hours_of(said.strip())
    return f"{hours[0]:%H:%M}-{hours[1]:%H:%M}" if hours else ""


def check_hours(said: str) -> None:
    """As a validator of a field."""
    hours_of(said)
