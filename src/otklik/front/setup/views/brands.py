"""Brands: under which names, colours and logos clients know the company."""

from copy import copy
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from otklik.core.staff.models import Brand, Organisation
from otklik.core.ui import accent
from otklik.desk.conversations import closing
from otklik.desk.conversations.html import frame_headers
from otklik.desk.conversations.letters import html_of
from otklik.desk.conversations.placeholders import SAMPLES
from otklik.front.setup import access
from otklik.front.setup.forms import BrandForm
from otklik.front.setup.views.page import settings_page, told

TYPED = ("name", "colour", "signature", "language")


@access.readers
def brands(request: HttpRequest) -> HttpResponse:
    found = Brand.objects.select_related("logo").defer("logo__png").prefetch_related("channels", "lines")
    return settings_page(request, "setup/brands.html", "brands", {"brands": found})


@access.readers
def brand(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One brand, or a new one."""
    found = get_object_or_404(Brand.objects.select_related("logo"), pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:brands")
    form = BrandForm(request.POST or None, request.FILES or None, instance=found)
    if form.is_valid():
        saved = form.save()
        told(request, "brand", saved, form.changed_data)
        messages.success(request, _("Saved. Letters that left already stay as they were."))
        return redirect("setup:brand", saved.pk)
    stored = Brand.objects.select_related("logo").get(pk=pk) if pk else None  # the other one has what was typed
    context = {"form": form, "brand": stored, **_preview(_changed(stored, form))}
    return settings_page(request, "setup/brand.html", "brands", context, 422 if form.is_bound else 200)


@access.administrators
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Its mailboxes and lines write as the company from now on."""
    found = get_object_or_404(Brand, pk=pk)
    if found.is_usual:
        raise Http404
    told(request, "brand", found, ["removed"])
    found.delete()
    messages.success(request, _("The brand is gone; its mailboxes write as the company."))
    return redirect("setup:brands")


@access.readers
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """What is typed as letters and buttons, before it is saved; nothing is changed."""
    return render(request, "setup/brand.html#preview", _preview(_typed(request)))


@access.readers
@require_safe
@xframe_options_sameorigin
def letter(request: HttpRequest) -> HttpResponse:
    """The end of a letter of the typed brand, alone for its frame, on white or on black."""
    shown = _typed(request)
    shade = "night" if request.GET.get("shade") == "night" else "day"
    with translation.override(shown.shown_language):
        text, footer = html_of(_("Hello, Anna!\n\nThe line works again, we have checked it.")), html_of(_sample())
        signature = closing.filled(shown.signature, shown, agent=SAMPLES["agent"], line=SAMPLES["line"])
        body = f"{text}{closing.closing(shown, signature, footer)}"
    if shown.logo:
        ours = Organisation.objects.current().address + shown.logo.path
        body = body.replace(ours, request.build_absolute_uri(shown.logo.path))
    page = render_to_string("setup/brand_letter.html", {"body": SafeString(body), "shade": shade, "brand": shown})
    return HttpResponse(page, headers=frame_headers(image_path=request.build_absolute_uri("/logo/")))


def _typed(request: HttpRequest) -> Brand:
    """A brand as its form stands on the page."""
    number = request.GET.get("brand", "")
    pk = int(number) if number.isdecimal() and len(number) < 18 else 0
    stored = Brand.objects.select_related("logo").filter(pk=pk).first()
    form = BrandForm(request.GET, instance=Brand(is_usual=stored.is_usual, pk=stored.pk) if stored else None)
    form.is_valid()
    return _changed(stored, form)


def _changed(stored: Brand | None, form: BrandForm) -> Brand:
    """The stored brand with what was typed, as far as it can be used."""
    shown = copy(stored) if stored else Brand()
    for name in TYPED:
        if form.is_bound and name in form.cleaned_data:
            setattr(shown, name, form.cleaned_data[name])
    return shown


def _preview(shown: Brand) -> dict[str, Any]:
    colour, values = shown.colour, {name: getattr(shown, name) for name in TYPED}
    return {
        "letter_query": urlencode({"brand": shown.pk or "", **values}),
        "colour": colour,
        "words": accent.words_on(colour) if colour else "",
        "ratios": [(label, ratio, ratio >= accent.TEXT) for label, ratio in _ratios(colour)] if colour else [],
        "hidden_logo": bool(shown.logo_id) and not Organisation.objects.current().is_reachable,
    }


def _ratios(colour: str) -> list[tuple[str, float]]:
    return [
        (_("White words on it"), accent.contrast(colour, accent.WHITE)),
        (_("Black words on it"), accent.contrast(colour, accent.BLACK)),
    ]


def _sample() -> str:
    return "\n".join(
        [
            _("Request № %s") % SAMPLES["number"],
            _("Answers you: %s") % SAMPLES["agent"],
            _("What happens next: %s") % _("we consider the matter solved; if it is not, simply answer this message"),
        ]
    )
