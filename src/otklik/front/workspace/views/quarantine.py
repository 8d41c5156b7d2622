"""Received messages that could not be read: they are kept whole, and a person decides."""

from dataclasses import dataclass
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from otklik.core.journal import clock
from otklik.desk.channels import wake
from otklik.desk.channels.models import Inbound
from otklik.desk.tickets.access import can_release_quarantine
from otklik.front.workspace.door import person
from otklik.front.workspace.views.messages import attachment

PAGE = 50
HEAD = 20_000
SHOWN = 200_000


@dataclass(frozen=True)
class Kept:
    """A message of the list: what its first lines say, as far as they can be read."""

    inbound: Inbound
    sender: str
    subject: str


@require_safe
def quarantine(request: HttpRequest) -> HttpResponse:
    rows = _waiting(request).defer("raw").order_by("-id")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    heads = _heads([inbound.pk for inbound in found])
    context = {
        "rows": [_kept(inbound, heads.get(inbound.pk, b"")) for inbound in found[:PAGE]],
        "more": found[PAGE - 1].pk if len(found) > PAGE else None,
        "now": clock.now(),
    }
    return render(request, "workspace/quarantine.html", context)


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came: on the page as inert text, or with `?as=file` to be saved."""
    inbound = _one(request, pk)
    raw = bytes(inbound.raw)
    if request.GET.get("as") == "file":
        return attachment(raw, f"message-{pk}.eml")
    context = {
        "kept": _kept(inbound, raw[:HEAD]),
        "source": raw[:SHOWN].decode("utf-8", "replace").replace("\x00", "␀"),
        "is_cut": len(raw) > SHOWN,
        "now": clock.now(),
    }
    return render(request, "workspace/quarantined.html", context)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it be read again from the start."""
    inbound = _one(request, pk)
    with transaction.atomic():
        inbound.release()
        transaction.on_commit(wake.reader)
    messages.success(request, _("The message is being read again."))
    return redirect("workspace:quarantine")


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """It is of no use; the bytes stay in the database."""
    _one(request, pk).dismiss()
    messages.success(request, _("The message is put away. It is kept, but nobody will see it here."))
    return redirect("workspace:quarantine")


def _waiting(request: HttpRequest) -> Any:
    if not can_release_quarantine(person(request)):
        raise PermissionDenied(_("The quarantine is looked after by leads and administrators."))
    return Inbound.objects.quarantined().select_related("channel")


def _one(request: HttpRequest, pk: int) -> Inbound:
    inbound: Inbound | None = _waiting(request).filter(pk=min(pk, 2**63 - 1)).first()
    if inbound is None:
        raise Http404
    return inbound


def _heads(pks: list[int]) -> dict[int, bytes]:
    """The first bytes of each message, without reading megabytes of the rest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, substring(raw for %s) FROM channels_inbound WHERE id = ANY(%s)", [HEAD, pks])
        return {pk: bytes(head) for pk, head in cursor.fetchall()}


def _kept(inbound: Inbound, head: bytes) -> Kept:
    try:
        told = BytesHeaderParser().parsebytes(head)
        return Kept(inbound, _line(told.get("From", "")), _line(told.get("Subject", "")))
    except (ValueError, LookupError, TypeError, AttributeError):
        return Kept(inbound, "", "")


def _line(value: Any) -> str:
    """A header as far as it can be decoded, on one line."""
    try:
        said = str(make_header(decode_header(str(value))))
    except (ValueError, LookupError):
        said = str(value)
    return " ".join(said.encode("utf-8", "replace").decode().replace("\x00", "").split())[:300]
