"""What a page of figures is about, to be chosen: days, what they are compared with, and several sides at once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client
from otklik.front.board.measured.narrowing import NOBODY
from otklik.front.board.own.choices import Choices, by_side
from otklik.front.board.timing import NAMES, Timing
from otklik.team.metrics.layer.naming import SIDES, names_for, sides_of

OPEN = "filter"
"""Part of an address that asks for the lists; nobody who only reads pays for them."""
TYPED = "organisation"
LONGEST = 200


@dataclass(frozen=True)
class Side:
    name: str
    label: str | LazyText
    chosen: str
    options: Choices


@dataclass(frozen=True)
class Chooser:
    """`sides` are lists to choose from, empty until they are asked for; `filters` says that there are some.

    `organisation` is what stands in its field, None where that side cannot be asked; `error` says why there is none of
    that name.  `rest` is all else that the address says, so that the form keeps it.
    """

    timing: Timing
    filters: bool
    sides: list[Side] = field(default_factory=list)
    organisation: str | None = None
    error: str = ""
    rest: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.timing.is_chosen or bool(self.sides) or bool(self.error)


def chooser(request: HttpRequest, user: User, timing: Timing, known: Collection[str]) -> Chooser:
    """`known` are the sides that the page can be narrowed by; the line is chosen by itself."""
    told, error = request.GET, _organisation(request, user)[1]
    sides, organisation = [], None
    if told.get(OPEN) == "1" or error:
        sides = _sides(told, user, known)
        if "client" in known and "client" in sides_of(user):
            client = str(told.get("client", ""))
            organisation = told.get(TYPED) or (
                names_for(user, "client", [client])[client] if client.isdecimal() else ""
            )
    shown = {*NAMES, TYPED, *(one.name for one in sides)} | ({"client"} if organisation is not None else set())
    rest = [(name, value) for name in told if name not in shown for value in told.getlist(name)]
    return Chooser(timing, bool(known), sides, organisation, error, rest)


def tidied(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A form sends its empty fields, too, and an organisation by its name: an address to hand on has neither."""

    @wraps(page)
    def tidy(request: HttpRequest, *arguments: Any, **details: Any) -> HttpResponse:
        told = request.GET
        key = _organisation(request, request.user)[0] if isinstance(request.user, User) else ""
        empty = [name for name in (*SIDES, *NAMES, TYPED) if name in told and not told[name].strip()]
        if not key and not empty:
            return page(request, *arguments, **details)
        asked = told.copy()
        for name in (*empty, *([TYPED] if key else [])):
            del asked[name]
        if key:
            asked["client"] = key
        return redirect(f"{request.path}?{asked.urlencode()}")

    return tidy


def _sides(told: Mapping[str, str], user: User, known: Collection[str]) -> list[Side]:
    lists = by_side(user)
    if "agent" not in sides_of(user):
        lists["agent"] = [(str(user.pk), user.name)]
    if lists.get("class"):
        lists["class"].append((NOBODY, _("the line's own times")))
    return [
        Side(side, SIDES[side], str(told.get(side, "")), _with(user, side, str(told.get(side, "")), some))
        for side, some in lists.items()
        if side in known and some
    ]


def _with(user: User, side: str, chosen: str, some: Choices) -> Choices:
    """What is chosen already stays, whatever became of it."""
    if not chosen or chosen in dict(some) or not chosen.isalnum():
        return some
    return [*some, (chosen, names_for(user, side, [chosen])[chosen])]


def _organisation(request: HttpRequest, user: User) -> tuple[str, str]:
    """The number of the one that the address names by its whole name, and why there is none."""
    name = request.GET.get(TYPED, "").strip()[:LONGEST]
    if not name or "client" not in sides_of(user):
        return "", ""
    found = list(Client.objects.filter(name__iexact=name, merged_into=None).values_list("pk", flat=True)[:2])
    if len(found) == 1:
        return str(found[0]), ""
    if found:
        many = _("Several organisations are called “%(name)s”: open the page of a metric by organisation and choose.")
        return "", many % {"name": name}
    return "", _("No organisation is called “%(name)s”: write its whole name, as it stands on its card.") % {
        "name": name
    }
