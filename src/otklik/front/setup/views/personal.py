"""Personal data: what people asked for, what is held, how long anything is kept."""

from functools import wraps
from typing import Any

from allauth.account.internal.flows import reauthentication
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.desk.clients.models import Channelled, Contact, Identity, PersonalFact
from otklik.desk.clients.sight import Place, Sight, addresses_open_to, looked
from otklik.desk.privacy import access as rights
from otklik.desk.privacy.models import Breach, DataRequest, Hold, Term
from otklik.desk.privacy.preview import preview
from otklik.desk.privacy.subject import likely_same, person_of
from otklik.desk.privacy.tasks import start
from otklik.front.setup import access
from otklik.front.setup.forms.personal import DataRequestForm, DecisionForm, HoldForm
from otklik.front.setup.views.page import settings_page

SHOWN = 50


def _deciding(view: access.View) -> access.View:
    """An act of deciders; nobody else learns that it exists."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **details: Any) -> HttpResponseBase:
        if not rights.can_decide(request.user):
            raise Http404
        return require_POST(view)(request, *arguments, **details)

    return guarded


@access.readers
def personal(request: HttpRequest) -> HttpResponse:
    """What waits, what was done, what is held, the terms, the leaks."""
    asked = rights.visible_to(access.acting(request)).select_related("contact", "by").order_by("-id")[:SHOWN]
    context = {
        "asked": asked,
        "holds": Hold.objects.standing().select_related("contact", "ticket", "by").order_by("-id")[:SHOWN],
        "terms": Term.objects.all_known(),
        "leaks": Breach.objects.select_related("by")[:SHOWN],
        "can_decide": rights.can_decide(request.user),
    }
    return settings_page(request, "setup/personal.html", "personal", context)


@login_required
@never_cache
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is, what was asked before, and the form for a new request."""
    contact = _askable(request, pk)
    form = _form(request, contact, request.POST or None)
    if form.is_valid() and (asked := _asked(request, form)):
        return redirect("setup:data_request", asked.pk)
    return _person_page(request, contact, form, HoldForm(None, contact))


def _form(request: HttpRequest, contact: Contact, data: Any = None) -> DataRequestForm:
    decides = rights.can_decide(request.user)
    return DataRequestForm(data, instance=DataRequest(contact=contact), decides=decides)


def _asked(request: HttpRequest, form: DataRequestForm) -> DataRequest | None:
    """Written down; an export that a decider asks for begins at once."""
    user = access.acting(request)
    try:
        with transaction.atomic():
            asked: DataRequest = form.instance.ask(by=user)
            if form.cleaned_data.get("with_notes"):
                asked.let_notes_along(form.cleaned_data["notes_why"], by=user)
            if not asked.is_erasure and rights.can_decide(user):
                _begin(asked, DataRequest.How.RIGHT, request)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return asked


def _begin(asked: DataRequest, how: str, request: HttpRequest) -> None:
    asked.allow(how, by=access.acting(request))
    start(asked.pk)


def _person_page(request: HttpRequest, contact: Contact, form: DataRequestForm, hold: HoldForm) -> HttpResponse:
    person, user = person_of(contact), access.acting(request)
    sight, theirs = Sight.of(user), Identity.objects.filter(contact__in=person.contacts)
    if request.method != "HEAD":
        looked(contact, Place.CARD, by=user)
    context = {
        "contact": contact,
        "cards": Contact.objects.filter(pk__in=person.contacts).order_by("pk"),
        "identities": addresses_open_to(user).filter(pk__in=theirs).order_by("kind", "pk"),
        "phones_hidden": not sight.opens(PersonalFact.PHONES) and theirs.filter(kind=Channelled.PHONE).exists(),
        "alike": [(one.other, one.reasons_for(sight)) for one in likely_same(contact)],
        "asked": rights.visible_to(user).filter(contact__in=person.contacts).order_by("-id"),
        "holds": Hold.objects.over(person.contacts).select_related("ticket", "by").order_by("-id"),
        "form": form,
        "hold_form": hold,
        "can_decide": rights.can_decide(request.user),
    }
    status = 422 if form.is_bound or hold.is_bound else 200
    return settings_page(request, "setup/personal_of.html", "personal", context, status)


@login_required
@never_cache
def data_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request from the first word to the act that remains."""
    asked = get_object_or_404(rights.visible_to(access.acting(request)).select_related("contact", "by"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        if not rights.can_decide(request.user):
            raise Http404
        try:
            return _decided(request, asked, form)
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                messages.error(request, error.messages[0])
                return redirect("setup:data_request", pk)
            form.add_error(None, error)
    status = 422 if form.errors else 200
    context = _request_context(request, asked, form)
    page = settings_page(request, "setup/data_request.html", "personal", context, status)
    if request.headers.get("HX-Request") and asked.state != DataRequest.State.RUNNING:
        page.headers["HX-Refresh"] = "true"
    return page


def _decided(request: HttpRequest, asked: DataRequest, form: DecisionForm) -> HttpResponse:
    user, do = access.acting(request), request.POST.get("do", "")
    if do == "refuse" and form.is_valid():
        asked.refuse(form.cleaned_data["words"], by=user)
    elif do == "again":
        with transaction.atomic():
            asked.go_on(by=user)
            start(asked.pk)
    elif do == "allow" and form.is_valid():
        return _allowed(request, asked, form)
    return redirect("setup:data_request", asked.pk)


def _allowed(request: HttpRequest, asked: DataRequest, form: DecisionForm) -> HttpResponse:
    """By a second person; alone only after signing in again."""
    user = access.acting(request)
    here = reverse("setup:data_request", args=[asked.pk])
    if not asked.is_erasure or rights.is_second(user, asked):
        how = DataRequest.How.SECOND if asked.by_id != user.pk else DataRequest.How.RIGHT
    elif not rights.may_alone(user, asked):
        raise ValidationError(_("Another administrator or head has to let it happen."))
    elif reauthentication.is_reauthentication_required(request, app="account"):
        return redirect(reverse("account_reauthenticate") + f"?next={here}")
    else:
        how = DataRequest.How.FRESH
    if asked.is_erasure and (against := preview(person_of(asked.contact)).against):
        raise ValidationError(against[0])
    with transaction.atomic():
        if form.cleaned_data["with_notes"] and not asked.with_notes:
            asked.let_notes_along(form.cleaned_data["notes_why"], by=user)
        _begin(asked, how, request)
    return redirect(here)


def _request_context(request: HttpRequest, asked: DataRequest, form: DecisionForm) -> dict[str, Any]:
    user = access.acting(request)
    waits = asked.is_erasure and asked.state in (DataRequest.State.ASKED, DataRequest.State.FAILED)
    return {
        "of": asked,
        "form": form,
        "preview": preview(person_of(asked.contact)) if waits else None,
        "counts": sorted(asked.counts.values(), key=lambda one: one["label"]),
        "can_decide": rights.can_decide(user),
        "is_second": not asked.is_erasure or rights.is_second(user, asked),
        "alone": rights.may_alone(user, asked),
        "is_going": asked.state == DataRequest.State.RUNNING,
    }


@login_required
@never_cache
@require_safe
def file(request: HttpRequest, pk: int, signature: str) -> HttpResponseBase:
    """The archive, for deciders, by a signed address, for a week; each time is in the journal."""
    asked = get_object_or_404(DataRequest, pk=pk)
    if not rights.can_decide(request.user) or not asked.is_signed(signature) or not asked.has_file:
        raise Http404
    asked.taken(by=access.acting(request))
    return FileResponse(asked.file.open("rb"), as_attachment=True, filename=f"personal-data-{asked.pk}.zip")


@_deciding
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Data of the person, or of one request, must stay."""
    contact = _askable(request, pk)
    form = HoldForm(request.POST, contact)
    if not form.is_valid():
        return _person_page(request, contact, _form(request, contact), form)
    form.instance.put(by=access.acting(request))
    return redirect("setup:personal_of", pk)


@_deciding
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """It may go again."""
    held = get_object_or_404(Hold, pk=pk)
    try:
        held.lift(by=access.acting(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("setup:personal_of", held.of)


def _askable(request: HttpRequest, pk: int) -> Contact:
    contact = get_object_or_404(Contact, pk=pk)
    while contact.merged_into is not None:
        contact = contact.merged_into
    if not rights.can_ask(request.user, contact):
        raise Http404
    return contact
