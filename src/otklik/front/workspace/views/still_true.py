"""One click: what the card shows is still true."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from otklik.core.journal import clock
from otklik.core.ui.show import wants_part
from otklik.desk.clients.certain import confirm_seen
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
            facts, seen = request.POST.getlist("fact"), request.POST.get("seen", "")
            confirm_seen(contact, facts, seen, by=person(request))
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
