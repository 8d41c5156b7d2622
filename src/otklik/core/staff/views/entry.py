"""The way in: sign in, a forgotten password, an invitation."""

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from otklik.core.staff import attempts, sessions, tasks
from otklik.core.staff.errors import TooMany
from otklik.core.staff.first_run import needs_setup
from otklik.core.staff.forms import ForgotForm, PasswordForm, SignInForm
from otklik.core.staff.models import OneTimeLink, Organisation, Purpose, Throttle
from otklik.core.staff.second_factor import passkeys_possible
from otklik.core.ui import nav


@method_decorator(never_cache, name="dispatch")
class SignInView(LoginView):
    """Login and password, or a key in one click."""

    def get(self, request: HttpRequest, *arguments: object, **details: object) -> HttpResponse:
        if needs_setup() and (wizard := nav.address("setup:start")):
            return redirect(wizard)
        return super().get(request, *arguments, **details)

    def get_context_data(self, **details: object) -> dict[str, object]:
        more = {"organisation": Organisation.objects.current(), "passkeys": passkeys_possible(self.request)}
        return super().get_context_data(**details) | more

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        form.lead_to_trouble()
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 429 if form.must_rest else 422
        return response


def desk_address(request: HttpRequest) -> str:
    """Where links in letters lead: never where a stranger's Host header says."""
    return Organisation.objects.current().site_url or settings.PUBLIC_URL


@login_not_required
@never_cache
def forgot(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same whether the address is known or not."""
    form = ForgotForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "staff/forgot.html", {"form": form}, status=422 if form.is_bound else 200)
    address = form.cleaned_data["email"]
    try:
        Throttle.objects.attempt(attempts.reset(request, address))
        tasks.send_reset.defer(address=address, desk=desk_address(request))
    except TooMany:
        pass  # the same answer: who asks too often learns nothing, who owns the mailbox has the first letters
    return render(request, "staff/forgot_done.html", {"address": address})


@login_not_required
@never_cache
@sensitive_post_parameters()
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Behind a link from a letter: set a password.  Looking does not use the link, only setting does."""
    found = OneTimeLink.objects.behind(secret, Purpose.INVITE, Purpose.RESET)
    if not found or not found.user:
        return render(request, "staff/link_dead.html", status=410)
    form = PasswordForm(request.POST or None, person=found.user)
    context = {"form": form, "person": found.user, "invited": found.purpose == Purpose.INVITE}
    if not form.is_valid():
        return render(request, "staff/set_password.html", context, status=422 if form.is_bound else 200)
    if not found.set_password(form.cleaned_data["password"]):
        return render(request, "staff/link_dead.html", status=410)
    return _welcome(request, found)


def _welcome(request: HttpRequest, used: OneTimeLink) -> HttpResponse:
    """An invited person is in at once; after a reset the new password, and the second factor, are asked."""
    person = used.user
    if used.purpose == Purpose.INVITE and person and not person.has_second_factor:
        sessions.sign_in(request, person)
        messages.success(request, _("Welcome. Say how colleagues see you, then begin."))
        return redirect("staff:profile")
    messages.success(request, _("The password is set. Sign in with it."))
    return redirect("account_login")
