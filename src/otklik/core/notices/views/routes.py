"""How I am told: the table of kinds and routes, the letter, my browsers, and why I was not told."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.notices import webpush
from otklik.core.notices.deciding import Why
from otklik.core.notices.models import Browser, Digest, PersonChoice, Signature
from otklik.core.notices.pushing import may_be_told
from otklik.core.notices.standing import chosen_of, standings
from otklik.core.notices.table import chosen_in, rows
from otklik.core.staff.models import User

LATELY = 10


@login_required
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """What is sent is stored as one's own word for every kind; "as in my line" forgets it."""
    person = _me(request)
    if request.method == "POST":
        _keep(person, request)
        messages.success(request, _("Saved."))
        return redirect("notices:routes")
    return render(request, "notices/routes.html", _context(request, person))


@login_required
@require_POST
def allow(request: HttpRequest) -> HttpResponse:
    """This browser may show notices; 422 for an address or keys that are none."""
    told = request.POST
    endpoint, key, secret = told.get("endpoint", ""), told.get("key", ""), told.get("secret", "")
    if len(endpoint) > 2000 or not may_be_told(endpoint) or not _are_keys(key, secret):
        return HttpResponse(status=422)
    session = request.session.session_key or ""
    Browser.objects.keep(_me(request), session, endpoint, key, secret, _name(request))
    return HttpResponse(status=204)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """One of my own; another person's is not there."""
    get_object_or_404(Browser, pk=pk, person=_me(request)).delete()
    messages.success(request, _("That browser shows nothing more."))
    return redirect("notices:routes")


def _context(request: HttpRequest, person: User) -> dict[str, Any]:
    choice = PersonChoice.objects.filter(person=person).first() or PersonChoice(person=person)
    standing = standings([person])[person.pk]
    return {
        "here": "routes",
        "rows": rows(standing.chosen),
        "choice": choice,
        "digests": Digest.choices,
        "off_shift": standing.off_shift,
        "browsers": Browser.objects.filter(person=person).order_by("-heard_at"),
        "session": request.session.session_key,
        "public_key": webpush.coded(webpush.public(Signature.objects.key())),
        "lately": [(one, _why(one)) for one in Notice.objects.of(person.pk)[:LATELY]],
        "now": clock.now(),
    }


def _why(notice: Notice) -> str:
    return str(Why(notice.pushed_why).label if notice.pushed_why in Why.values else Why.NO_BROWSER.label)


def _keep(person: User, request: HttpRequest) -> None:
    told = request.POST
    choice = PersonChoice.objects.filter(person=person).first() or PersonChoice(person=person)
    choice.digest = told["digest"] if told.get("digest") in Digest.values else choice.digest
    choice.bare = "bare" in told
    before = chosen_of([person.pk])[person.pk]
    wanted = chosen_in(told)
    own = {kind: routes for kind, routes in wanted.items() if set(routes) != set(before[kind])}
    choice.routes = {} if "as_line" in told else {**choice.routes, **own}
    choice.save()


def _are_keys(key: str, secret: str) -> bool:
    try:
        return len(key) <= 100 and bool(webpush.point(key)) and len(webpush.decoded(secret)) == 16
    except ValueError:
        return False


def _name(request: HttpRequest) -> str:
    """Such as "Firefox, Windows": enough to tell one's own browsers apart."""
    agent = request.headers.get("User-Agent", "")
    program = next((name for mark, name in _PROGRAMS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(one for one in (program, system) if one)


_PROGRAMS = (
    ("YaBrowser", "Yandex"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
