"""One fact of a card changed in its place, of a person or of an organisation."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from otklik.core.ui.show import wants_part
from otklik.desk.clients.models import Answered, CardField, Contact
from otklik.desk.clients.sight import Right, Sight
from otklik.desk.tickets.access import can_keep_cards, organisation_for
from otklik.front.workspace import card
from otklik.front.workspace.acts.doors import announce
from otklik.front.workspace.addresses import to
from otklik.front.workspace.card_forms import Holder
from otklik.front.workspace.card_kind import name_of
from otklik.front.workspace.door import person
from otklik.front.workspace.forms import AnswerForm, FactForm

HIDDEN = _("You change what you see; this is hidden from your role.")


def edited(
    request: HttpRequest, holder: Holder, name: str, names: Collection[str], said: Callable[[Any], dict[str, str]]
) -> HttpResponse:
    """GET: a small form in the place of the value; POST: the value.  `?as=value` gives the value back unchanged."""
    field = CardField.objects.named(holder, name)
    if name not in names and field is None:
        raise Http404
    if field is not None:
        return _answered(request, holder, field)
    if not can_keep_cards(person(request)):
        raise PermissionDenied
    right = Sight.of(person(request)).right(name)
    if request.method == "GET" and "as" in request.GET:
        return _value(holder, name, said, right)
    if right is not Right.OPEN and said(holder)[name]:
        raise PermissionDenied(HIDDEN)
    form = FactForm(name, holder, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form(request, holder, name, form)
    if not form.is_valid() or not _changed(holder, name, form, request):
        return _form(request, holder, name, form, status=422)
    if wants_part(request):
        return announce(_value(holder, name, said, right), {"card:kept": {}})
    return redirect(f"workspace:{name_of(holder)}", holder.pk)


def _answered(request: HttpRequest, holder: Holder, field: CardField) -> HttpResponse:
    """The same of a field of the company."""
    user, name = person(request), field.place
    if not can_keep_cards(user):
        raise PermissionDenied
    sight, one = Sight.of(user), Answered(field, field.present(holder))
    if request.method == "GET" and "as" in request.GET:
        return HttpResponse(card.answer(holder, one, sight, can_change=True, back=True))
    if not sight.may_fill(one):
        raise PermissionDenied(HIDDEN)
    form = AnswerForm(one, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form(request, holder, name, form)
    if not form.is_valid():
        return _form(request, holder, name, form, status=422)
    try:
        kept = Answered(field, field.fill(holder, form.cleaned_data["value"], by=user))
    except ValidationError as error:
        form.add_error("value", error.messages)
        return _form(request, holder, name, form, status=422)
    if wants_part(request):
        return HttpResponse(card.answer(holder, kept, sight, can_change=True, back=True))
    return redirect(f"workspace:{name_of(holder)}", holder.pk)


def _changed(holder: Holder, name: str, form: FactForm, request: HttpRequest) -> bool:
    try:
        if name == "client" and isinstance(holder, Contact):
            organisation_for(person(request), form.fact)
            holder.belong_to(form.fact, by=person(request))
        else:
            holder.change(name, form.fact, by=person(request))
    except ValidationError as error:
        form.add_error("value", error.messages)
        return False
    return True


def _form(
    request: HttpRequest, holder: Holder, name: str, form: FactForm | AnswerForm, status: int = 200
) -> HttpResponse:
    form.fields["value"].widget.attrs["autofocus"] = True
    template = "workspace/fact.html#form" if wants_part(request) else "workspace/fact.html"
    home = to(name_of(holder), holder.pk)
    context = {"holder": holder, "name": name, "form": form, "home": home, "address": f"{home}{name}/"}
    return render(request, template, context, status=status)


def _value(holder: Holder, name: str, said: Callable[[Any], dict[str, str]], right: Right) -> HttpResponse:
    return HttpResponse(card.fact(holder, name, said(holder)[name], can_change=True, right=right, back=True))
