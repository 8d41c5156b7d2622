"""One's own pages: profile, security, keys for programs."""

import json
import re

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from otklik.core.staff import duty, sessions
from otklik.core.staff.forms import PORTRAITS, ProfileForm, TokenForm
from otklik.core.staff.menu import KINDS
from otklik.core.staff.models import ApiCall, ApiToken, Availability, Organisation, Takes, User
from otklik.core.staff.models.user import LIST_WIDTHS, ROW_PARTS
from otklik.core.staff.second_factor import passkeys_possible
from otklik.core.ui.frame import menu
from otklik.core.ui.show import wants_part

BLOCK = re.compile(r"[a-z]{1,10}\.[a-z]{1,20}")
"""What a block of the panel is called; which there are, the room of requests knows."""
CALLS = 50
"""So many calls of programs are shown."""


def me(request: HttpRequest) -> User:
    """The signed-in person, for views behind login_required."""
    assert isinstance(request.user, User)
    return request.user


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, portrait, language and habits."""
    form = ProfileForm(request.POST or None, instance=me(request))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("staff:profile")
    faceless = User(name=me(request).name)
    context = {
        "here": "profile",
        "form": form,
        "portraits": PORTRAITS,
        "initials_of": faceless,
        "lines": me(request).teams.all(),
    }
    return render(request, "staff/profile.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """The look by one press: theme, density, panes of the desk.  Anything else stays as it is."""
    person, told = me(request), request.POST
    changed = []
    if told.get("theme") in ("system", "light", "dark"):
        person.theme = told["theme"]
        changed.append("theme")
    for switch in ("compact", "card_folded"):
        if switch in told:
            setattr(person, switch, told[switch] == "on")
            changed.append(switch)
    if "list_width" in told:
        person.list_width = _width(told["list_width"])
        changed.append("list_width")
    if "row_without" in told:
        left_out = told["row_without"].split()
        person.row_without = " ".join(part for part in ROW_PARTS if part in left_out)
        changed.append("row_without")
    if (tab := told.get("card_tab", "")).isascii() and tab.isalpha() and len(tab) <= 10:
        person.card_tab = tab
        changed.append("card_tab")
    person.save(update_fields=changed)
    for press in ("block_opened", "block_folded"):
        if BLOCK.fullmatch(code := told.get(press, "")):
            person.keep_block(code, is_open=press == "block_opened")
    return HttpResponse(status=204)


@login_required
@require_POST
def availability(request: HttpRequest, what: str) -> HttpResponse:
    """Ready (for everything or for one kind of work), busy, on a break, away or not working.

    The menu is drawn anew, or the page of before is shown; whoever goes on a break is asked why, where the department
    has a list of reasons, when the break has begun already.
    """
    if what in KINDS and me(request).answers:
        me(request).say(Availability.READY, by=me(request), takes=Takes(what))
    elif what in Availability.values:
        me(request).say(Availability(what), by=me(request))
    else:
        raise Http404
    left = duty.left_empty(duty.lines_of(me(request))) if what not in duty.ON_DUTY else []
    said = _("Nobody is at work in %(lines)s now; the leads know.") % {"lines": ", ".join(one.name for one in left)}
    if wants_part(request):
        answer = _menu(request, asks=what == Availability.BREAK)
        if left:
            answer["HX-Trigger"] = json.dumps({"say": {"target": "body", "text": said, "state": "info"}})
        return answer
    if left:
        messages.warning(request, said)
    if what == Availability.BREAK and Organisation.objects.current().pause_reasons:
        return redirect("staff:pause")
    return _back(request)


@login_required
@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest) -> HttpResponse:
    """Why one is on a break, of the list of the department; the pause goes on without a reason, too."""
    reasons, told = Organisation.objects.current().pause_reasons, request.POST.get("reason", "")
    if request.method == "GET":
        return render(request, "staff/pause.html", {"here": "", "reasons": reasons})
    if told and told not in reasons:
        raise Http404
    if not me(request).say_why(told):
        messages.info(request, _("The pause is over already."))
    if not wants_part(request):
        return redirect("/")
    answer = _menu(request)
    answer["HX-Trigger"] = json.dumps({"dialog:close": {"target": "body"}})
    return answer


def _menu(request: HttpRequest, *, asks: bool = False) -> HttpResponse:
    context: dict[str, object] = {"menu": menu(request), "person": me(request), "token": get_token(request)}
    if asks:
        context["reasons"] = Organisation.objects.current().pause_reasons
    return render(request, "staff/availability.html", context)


def _back(request: HttpRequest) -> HttpResponse:
    before = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return redirect(before if safe else "/")


def _width(told: str) -> int | None:
    """Whole rem within the bounds; anything else is as designed."""
    narrowest, widest = LIST_WIDTHS
    return int(told) if told.isdecimal() and len(told) < 4 and narrowest <= int(told) <= widest else None


@login_required
def security(request: HttpRequest) -> HttpResponse:
    """Password, second factor, open sessions."""
    person = me(request)
    authenticators = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    context = {
        "here": "security",
        "keys": [found for found in authenticators if found.type == Authenticator.Type.WEBAUTHN],
        "app": next((found for found in authenticators if found.type == Authenticator.Type.TOTP), None),
        "codes": next((found for found in authenticators if found.type == Authenticator.Type.RECOVERY_CODES), None),
        "owes": sessions.owes_second_factor(request, person),
        "passkeys": passkeys_possible(request),
        "sessions": sessions.of(person),
    }
    return render(request, "staff/security.html", context)


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Log another browser out."""
    get_object_or_404(UserSession, pk=pk, user=me(request)).end()
    messages.success(request, _("That browser is signed out."))
    return redirect("staff:security")


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Log out everywhere but here."""
    sessions.end_others(request, me(request))
    messages.success(request, _("Signed out everywhere but here."))
    return redirect("staff:security")


@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """Keys by which programs act in one's own name."""
    person = me(request)
    form = TokenForm(request.POST or None)
    secret = ""
    if form.is_valid():
        _token, secret = ApiToken.objects.issue(person, form.cleaned_data["scopes"], form.cleaned_data["name"])
        form = TokenForm()
    context = {
        "here": "tokens",
        "form": form,
        "secret": secret,
        "tokens": person.api_tokens.filter(revoked_at=None).order_by("-id"),
        "calls": ApiCall.objects.newest_of(person.pk, CALLS),
    }
    return render(request, "staff/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The program behind this key is refused from now on."""
    get_object_or_404(me(request).api_tokens, pk=pk).revoke()
    messages.success(request, _("The key is revoked; programs that use it are refused."))
    return redirect("staff:tokens")
