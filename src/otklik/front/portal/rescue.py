"""While the database is away nobody loses what they typed: pages that ask it nothing at all.

So they do not know whose request it is or what the company is called; what was sent to them is enough.
"""

import logging
import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.care.knowledge.states import Language
from otklik.front.portal.request_form import LONGEST, RequestForm
from otklik.front.portal.visit import private

logger = logging.getLogger(__name__)

KEY = re.compile(r"[0-9a-f]{32}")
TYPED = ("subject", "text", "name", "email", "by", "key", "lang")
"""What goes along from page to page."""

type Page = Callable[..., HttpResponseBase]


def words_kept(page: Page) -> Page:
    """A form that could not be stored comes back as it was typed; that one was stored is said in any case."""

    @wraps(page)
    def kept(request: HttpRequest, *given: Any, **rest: Any) -> HttpResponseBase:
        try:
            return page(request, *given, **rest)
        except (OperationalError, InterfaceError):
            if request.method != "POST" and "sent" not in request.GET:
                raise
            logger.exception("the request form works without the database")
            with translation.override(_language(request)):
                return private(_form_again(request) if request.method == "POST" else _has_come(request))

    return kept


def thanked(page: Page) -> Page:
    """Nothing was to be stored but that an answer helped: that is lost, and what was typed is not."""

    @wraps(page)
    def kept(request: HttpRequest) -> HttpResponseBase:
        try:
            return page(request)
        except (OperationalError, InterfaceError):
            logger.exception("that an answer helped could not be stored")
            with translation.override(_language(request)):
                context = {"told": typed(request), "page": _address(request.POST.get("by", ""))}
                return private(render(request, "portal/write_helped.html", context))

    return kept


def key_of(request: HttpRequest) -> str:
    """The key of the form that was sent; "" for what is none of ours."""
    key = request.POST.get("key", "")
    return key if KEY.fullmatch(key) else ""


def chosen_language(request: HttpRequest) -> str:
    """The language that was asked for by the address, which a form that is sent repeats; "" for that of the browser."""
    wanted = (request.POST.get("lang", ""), request.GET.get("lang", ""))
    return next((one for one in wanted if one in Language.values), "")


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:LONGEST] for name in TYPED}


def _form_again(request: HttpRequest) -> HttpResponse:
    words = _("We could not store your request just now. Please press Send again: your words stand below.")
    context = {
        "form": RequestForm(known="email" not in request.POST, initial=typed(request)),
        "page": request.path,
        "key": key_of(request) or secrets.token_hex(16),
        "lang": chosen_language(request),
        "seen": "seen" in request.POST,
        "trouble": words,
    }
    return render(request, "portal/write.html", context, status=503)


def _has_come(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/write_sent.html", {"known": request.path != reverse("portal:write")})


def _address(by: str) -> str:
    try:
        return reverse("portal:write_again", args=[by]) if by else reverse("portal:write")
    except NoReverseMatch:
        return reverse("portal:write")


def _language(request: HttpRequest) -> str:
    usual = (translation.get_language() or "")[:2]
    return chosen_language(request) or (usual if usual in Language.values else Language.values[0])
