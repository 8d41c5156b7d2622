"""One click: what the card shows is still true."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from otklik.core.journal import clock
from otklik.core.ui.show import wants_part
from otklik.desk.clients.models import Contact
from otklik.front.workspace.door import person
from otklik.front.workspace.known import contact_of
from otklik.front.workspace.still_true import of_contact


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the line as it is now.  POST: the facts that the reader saw are confirmed.

    422 for one that is gone, or where the card says something else by now: then the line says what.
    """
    contact, trouble = contact_of(request, pk), ""
    if request.method == "POST":
        if not person(request).answers:
            raise PermissionDenied
        try:
            _confirm(contact, request)
        except ValidationError as error:
            trouble = error.messages[0]
        if not trouble and not wants_part(request):
            return redirect("workspace:contact", contact.pk)
    context = {
        "sure": of_contact(contact, clock.now()),
        "can_change": person(request).answers,
        "back": request.method == "POST",
        "trouble": trouble,
    }
    return render(request, "workspace/card/still_true.html", context, status=422 if trouble else 200)


@transaction.atomic
def _confirm(contact: Contact, request: HttpRequest) -> None:
    """Raises ValidationError where a colleague has changed the card since it was drawn."""
    held = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if of_contact(held, clock.now()).digest != request.POST.get("seen", ""):
        contact.refresh_from_db()
        raise ValidationError(_("The card has changed meanwhile. This is what it says now: is it true?"))
    held.confirm(request.POST.getlist("fact"), by=person(request))
