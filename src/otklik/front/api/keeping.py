"""What only an administrator changes by a program: the settings."""

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from otklik.core.journal.news import publish
from otklik.core.staff.events import SettingsChanged
from otklik.desk.automation.models import Endpoint, Macro, Panel, Rule
from otklik.desk.tickets.errors import Invalid
from otklik.front.api.auth import person
from otklik.front.api.repeating import once


def administrator(request: HttpRequest) -> None:
    if not person(request).administers:
        raise HttpError(403, "only an administrator may")


def told(request: HttpRequest, what: str, name: str) -> None:
    publish(SettingsChanged(what, name, "api"), by=person(request))


def renewed(request: HttpRequest, one: Endpoint | Panel, what: str, key: str, asked: dict[str, int]) -> int:
    """A new secret, made once under a key; answers with the number of the row, in which it stands sealed."""

    def act() -> int:
        with transaction.atomic():
            one.renew_secret()
            told(request, what, one.name)
        return one.pk

    number: int = once(request, key, asked, act)
    return number


def named(text: str) -> str:
    """A name in single blanks.  Raises Invalid where nothing is left of it."""
    name = " ".join(text.split())
    if not name:
        raise Invalid(_("Fill this in."), "name")
    return name


def found[Row: Rule | Macro | Endpoint | Panel](model: type[Row], pk: int) -> Row:
    row = model.objects.filter(pk=pk).first()
    if row is None:
        raise HttpError(404, "not found")
    return row  # type: ignore[return-value]
