"""News of the status page by mail: asked for, confirmed by the owner of the address, ended by one press.

Nobody learns from these pages whether an address is subscribed.  Opening a link changes nothing: mail is read by
programs first, too.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from otklik.care.status import mailing
from otklik.care.status.models import Component, StatusPolicy, Subscriber
from otklik.core.journal import clock
from otklik.core.staff.errors import TooMany
from otklik.core.staff.models import Throttle
from otklik.core.staff.policies import Limit, network_of
from otklik.front.portal.status_page import frame, must_be_open, said
from otklik.front.portal.visit import private

FROM_NETWORK = Limit(free=10, first=60, longest=3600, forget=3600)
"""Addresses from one network in an hour before the next ones have to wait: an office stands behind one address."""
SLOT = 3600
"""Seconds in which addresses of everybody are counted anew: a common count must not need quiet to begin again."""
FROM_ALL = Limit(free=300, first=60, longest=600, forget=SLOT)
LOOKS = Limit(free=30, first=30, longest=600, forget=600)
"""Keys from one network that open nothing."""


class SubscribeForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    components = forms.ModelMultipleChoiceField(
        Component.objects.none(),
        label=gettext_lazy("About what"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "column"}),
        help_text=gettext_lazy("Nothing chosen means everything."),
    )

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["components"].queryset = Component.objects.shown()  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    with said(request) as language:
        must_be_open(request, StatusPolicy.objects.current())
        form = SubscribeForm(request.POST or None)
        context: dict[str, Any] = {**frame(request, language), "form": form, "done": False}
        context["closed"] = mailing.door_of_letters() is None
        status = 200
        if request.method == "POST" and form.is_valid() and not context["closed"]:
            if rest := _rest(request):
                form.add_error(None, _("Too many addresses came at once. Try again later."))
                response = private(render(request, "portal/status_subscribe.html", context, status=429))
                response["Retry-After"] = str(rest)
                return response
            told = form.cleaned_data
            mailing.ask_to_confirm(Subscriber.objects.ask(told["address"], language, told["components"]))
            context |= {"done": True, "address": told["address"]}
        elif form.is_bound:
            status = 422
        return private(render(request, "portal/status_subscribe.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, key: str) -> HttpResponse:
    """Confirmed by a press, not by opening it."""
    return _of_key(request, key, leaves=False)


@csrf_exempt  # a mail program presses for the reader (RFC 8058) and has no cookie; the key is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, key: str) -> HttpResponse:
    return _of_key(request, key, leaves=True)


def _of_key(request: HttpRequest, key: str, *, leaves: bool) -> HttpResponse:
    with said(request) as language:
        found = Subscriber.objects.filter(key=key).first()
        context: dict[str, Any] = {**frame(request, language), "found": found, "leaves": leaves, "done": False}
        if found is None:
            status = 429 if _rest(request, "status keys", LOOKS) else 404
            return private(render(request, "portal/status_subscription.html", context, status=status))
        if request.method == "POST":
            if leaves:
                found.leave()
            else:
                found.confirm()
            context["done"] = True
        names = [one.name for one in Component.objects.shown().filter(pk__in=found.wanted)]
        context |= {"names": names, "everything": not found.wanted}
        return private(render(request, "portal/status_subscription.html", context))


def _rest(request: HttpRequest, what: str = "status mail", limit: Limit = FROM_NETWORK) -> int:
    """Counts one more from this network, and of everybody in this hour; the seconds that it has to wait first."""
    buckets = {f"{what} {network_of(request.META.get('REMOTE_ADDR', ''))}": limit}
    if limit is FROM_NETWORK:
        buckets[f"status mail in {int(clock.now().timestamp()) // SLOT}"] = FROM_ALL
    try:
        Throttle.objects.attempt(buckets)
    except TooMany as error:
        return error.verdict.wait
    return 0
