"""The way through the wizard: which steps there are, and who may take them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from otklik.core.staff.first_run import needs_setup
from otklik.core.staff.models import OneTimeLink, Purpose, User

CODE, GOES_ON = "setup_code", "setup_goes_on"

type View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Step:
    name: str
    label: str | Promise
    about: str | Promise

    @property
    def url(self) -> str:
        return f"setup:{self.name}"


STEPS = [
    Step("company", _("Company"), _("name, language, time zone")),
    Step("administrator", _("Administrator"), _("you, with a password")),
    Step("first_line", _("First line"), _("who answers, and how fast")),
    Step("mail", _("Mail"), _("where clients write")),
    Step("week", _("Working hours"), _("when times run")),
]


def before_the_administrator(view: View) -> View:
    """Needs the code from the console; dead for ever once there is an administrator."""

    @never_cache
    @login_not_required
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not needs_setup():
            raise Http404
        if not OneTimeLink.objects.behind(request.session.get(CODE, ""), Purpose.SETUP):
            return redirect("setup:start")
        return view(request)

    return guarded


def after_the_administrator(view: View) -> View:
    """For the new administrator's own session, until the wizard is finished."""

    @never_cache
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not (isinstance(user, User) and user.administers and request.session.get(GOES_ON)):
            raise Http404
        return view(request)

    return guarded


def step_page(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """The page of a step with the way beside it."""
    number = next(index for index, step in enumerate(STEPS) if step.name == name)
    frame = {"steps": STEPS, "step": STEPS[number], "number": number + 1, "later": STEPS[number + 1 :]}
    frame["next_step"] = STEPS[number + 1] if number + 1 < len(STEPS) else None
    frame["back"] = STEPS[number - 1] if number not in (0, 2) else None
    return render(request, f"setup/wizard/{name}.html", {**frame, **context}, status=status)
