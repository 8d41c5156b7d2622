"""Commands of leads in words: `владелец:нет линия:… кому:Иванов` gives what is found to a person, once it was seen."""

import re
from dataclasses import dataclass, field

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.routing import colleagues, many
from otklik.desk.routing.colleagues import Colleague
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.batch import Outcome
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.query import LONGEST, Query
from otklik.desk.tickets.search import found_by
from otklik.front.workspace.door import person

COMMAND = re.compile(r"(?P<which>.+?)\s*(?:->|→|=>|(?<!\S)(?:кому|to):)\s*(?P<whom>\S.*)", re.IGNORECASE)
"""A Russian keyboard cannot type an arrow: `кому:` means the same."""
SHOWN = 10


@dataclass
class Command:
    """What a line of words means; nothing is done before somebody has seen it.

    `count` requests were found, of which `tickets` (200 at most, the nearest due first) are given to `whom`.
    `errors` say what cannot be understood, `people` who else may be meant.
    """

    text: str
    count: int = 0
    tickets: list[Ticket] = field(default_factory=list)
    whom: Colleague | None = None
    people: list[Colleague] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return bool(self.tickets and self.whom and not self.errors)


def is_command(text: str, user: User) -> bool:
    return user.leads and COMMAND.fullmatch(text.strip()) is not None


def read(text: str, user: User) -> Command:
    """Of open requests that the reader sees, and of colleagues of their lines."""
    command = Command(" ".join(text.replace("\x00", " ").split())[: LONGEST + 100])
    parts = COMMAND.fullmatch(command.text)
    if parts is None:
        command.errors.append(_("Write which requests, then to: and a name."))
        return command
    asked = Query.read(parts["which"])
    command.errors += Narrowing.of(asked, user).errors
    if not asked.filters and not asked.words:
        command.errors.append(_("Write which requests, then to: and a name."))
    if not command.errors:
        found = found_by(Ticket.objects.visible_to(user).open(), parts["which"], user)
        command.count = found.count()
        command.tickets = list(found.select_related(*many.RELATED).order_by(F("due_at").asc(), "pk")[: many.MOST])
    _find_person(command, parts["whom"], {ticket.team_id for ticket in command.tickets})
    return command


def _find_person(command: Command, name: str, lines: set[int]) -> None:
    words = [_plain(word) for word in name.split()]
    known = colleagues.of_lines(lines) if lines else []
    fits = [one for one in known if _plain(one.person.login) == _plain(name) or _starts(_plain(one.person.name), words)]
    if len(fits) == 1:
        command.whom = fits[0]
    elif fits:
        command.people = fits
        command.errors.append(_("Several people are called so: choose one."))
    elif lines:
        command.errors.append(_("Nobody of these lines is called %(name)s.") % {"name": name})


def _starts(name: str, words: list[str]) -> bool:
    """Each word begins a part of the name."""
    return all(any(part.startswith(word) for part in name.split()) for word in words)


def _plain(words: str) -> str:
    return words.casefold().replace("ё", "е")


@require_http_methods(["GET", "POST"])
def command(request: HttpRequest) -> HttpResponse:
    """GET `?c=`: what it means.  POST: it is done to those that were seen (`ids`), by the right of each."""
    user = person(request)
    if not user.leads:
        raise Http404
    found = read(request.POST.get("c", "") or request.GET.get("c", ""), user)
    outcome: Outcome | None = None
    said, status = "", 200
    if request.method == "POST":
        try:
            outcome = _do(request, found, user)
            said = outcome.said(many.DONE["assign"](len(outcome.done)))
        except Invalid as error:
            found.errors.append(error.text)
            status = 422
    context = {
        "command": found,
        "first": found.tickets[:SHOWN],
        "most": many.MOST,
        "outcome": outcome,
        "said": said,
        "now": clock.now(),
    }
    return render(request, "workspace/command.html", context, status=status)


def _do(request: HttpRequest, found: Command, user: User) -> Outcome:
    if found.whom is None:
        raise Invalid(_("Choose to whom."), "whom")
    ids = [int(one) for one in request.POST.getlist("ids") if one.isdecimal() and len(one) < 19]
    tickets, gone = many.chosen(ids, user)
    outcome = many.give(tickets, found.whom.person, by=user)
    outcome.gone = gone
    return outcome
