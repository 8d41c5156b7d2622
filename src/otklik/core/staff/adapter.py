"""Our rules inside allauth's sign-in: who gets in, how attempts slow down, what is said."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from otklik.core.audit.models import Outcome
from otklik.core.audit.writing import note
from otklik.core.staff import sessions
from otklik.core.staff.attempts import SignIn, remember_browser
from otklik.core.staff.errors import TooMany
from otklik.core.staff.models import User
from otklik.core.ui import nav, words

logger = logging.getLogger(__name__)

NO_MATCH = gettext_lazy("Login or password do not match.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; wrong names and wrong passwords get one answer."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NO_MATCH,
        "email_password_mismatch": NO_MATCH,
        "incorrect_password": gettext_lazy("This is not your password."),
        "enter_current_password": gettext_lazy("This is not your present password."),
        "incorrect_code": gettext_lazy("The code does not fit. Codes change every 30 seconds."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, or None; counts the attempt.  Raises ValidationError while attempts must rest."""
        name = str(credentials.get("username") or credentials.get("email") or "")
        attempt = SignIn(request, name)
        try:
            verdict = attempt.begin()
        except TooMany as refusal:
            raise resting(refusal) from refusal
        person = authenticate(request, username=name, password=credentials.get("password", ""))
        if isinstance(person, User):
            attempt.succeeded()
            return person
        note("sign-in.failed", "staff.User", _known(name), outcome=Outcome.FAILED)
        logger.warning("sign-in failed", extra={"address": request.META.get("REMOTE_ADDR"), "left": verdict.left})
        raise ValidationError(mismatch(verdict.left), code="mismatch")

    def reauthenticate(self, user: User, password: str) -> bool:
        person = self.authenticate(context.request, username=user.login, password=password)
        return person is not None and person.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **details: Any) -> bool:
        """Not within the first minutes of a session: the password was given a moment ago."""
        return not sessions.is_fresh(context.request)

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse | None:
        if user.is_active:
            return None
        messages.error(request, str(NO_MATCH))
        return redirect("account_login")

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **details)
        remember_browser(request, response, user)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page of the menu that is a home."""
        homes = [entry for entry in nav.entries_for(request.user) if entry.home]
        return nav.address(homes[0].url) if homes else "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return nav.address("staff:security")

    def set_password(self, user: User, password: str) -> None:
        user.take_password(password, how="change")

    def send_notification_mail(self, *arguments: Any, **details: Any) -> None:
        """The journal tells; letters about security would wait for the mail server inside a request."""


def _known(name: str) -> object:
    """The number of the person, and nothing for a stranger: the name field may hold a password by mistake."""
    person = User.objects.by_sign_in_name(name)
    return person.pk if person else ""


def mismatch(left: int) -> str:
    """Only the last attempts before a pause are counted aloud."""
    if left > 3 or left == 0:
        return str(NO_MATCH)
    rest = ngettext("%(count)s attempt left before a pause.", "%(count)s attempts left before a pause.", left)
    return f"{NO_MATCH} {rest % {'count': left}}"


def resting(refusal: TooMany) -> ValidationError:
    pause = words.span(refusal.verdict.wait)
    return ValidationError(_("Too many attempts. Try again in %(pause)s.") % {"pause": pause}, code="resting")
