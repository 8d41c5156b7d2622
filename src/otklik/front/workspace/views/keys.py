"""The public keys of a client, by which their signed letters are known."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from otklik.core.ui.show import wants_part
from otklik.desk.clients.models import Contact, ContactKey
from otklik.front.workspace.door import person
from otklik.front.workspace.views.addresses import writable


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a key, or say in place what is wrong with it; what was pasted is not lost."""
    contact = writable(request, pk)
    armored = request.POST.get("key", "")
    try:
        ContactKey.objects.read(contact, armored, by=person(request))
    except ValidationError as error:
        return _section(request, contact, 422, trouble=error.messages[0], pasted=armored[:5000])
    return _section(request, contact) if wants_part(request) else redirect("workspace:contact", pk)


@require_POST
def remove(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    contact = writable(request, pk)
    get_object_or_404(ContactKey, contact=contact, pk=key).forget(by=person(request))
    return _section(request, contact) if wants_part(request) else redirect("workspace:contact", pk)


def _section(request: HttpRequest, contact: Contact, status: int = 200, **told: str) -> HttpResponse:
    context = {
        "contact": contact,
        "keys": contact.keys.select_related("added_by").order_by("id"),
        "can_answer": True,
        "is_open": bool(told),
        **told,
    }
    return render(request, "workspace/keys.html", context, status=status)
