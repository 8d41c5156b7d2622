"""The address that a provider posts letters to."""

import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from otklik.adapters.email.hooks.providers import HOOKS, Forged, NoLetter, Posted, Stale
from otklik.adapters.email.models import Mailbox, Spent
from otklik.adapters.email.parse import identity
from otklik.adapters.email.secrets import Sealed
from otklik.core import egress
from otklik.desk.channels import inbox

logger = logging.getLogger(__name__)

WRAPPING = 2
"""How much larger than its letter a post may be: base64, other fields."""


@csrf_exempt  # a provider has no page of ours; what it sends is signed or carries the secret
@require_http_methods(["POST", "HEAD"])
def receive(request: HttpRequest, key: str) -> HttpResponse:
    """200 only after the commit; 503 and the provider comes again; 403 and nothing is stored."""
    mailbox: Mailbox | None = None
    try:
        mailbox = Mailbox.objects.of_hook(key)
        if mailbox is None or not mailbox.hook_proof:
            return HttpResponse(status=404)
        if request.method == "HEAD":
            return HttpResponse()
        return _take(request, mailbox)
    except Sealed:
        return _unreadable(mailbox)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("a letter cannot be stored now: %s", error)
        return HttpResponse(status=503)


def _take(request: HttpRequest, mailbox: Mailbox) -> HttpResponse:
    most = settings.MESSAGE_BYTES * WRAPPING
    body = request.read(most + 1)
    if len(body) > most:
        return HttpResponse(status=413)
    request._body = body  # the checks of signatures read it again
    try:
        posted = HOOKS[mailbox.hook](request, body, mailbox.hook_proof)
    except Forged as error:
        return _refused(mailbox, error)
    except NoLetter as error:
        return _without_letter(mailbox, str(error))
    except egress.Refused as error:
        logger.warning("Amazon cannot be asked about a post to %s: %s", mailbox, error.reason)
        return HttpResponse(status=503)
    if len(posted.raw) > settings.MESSAGE_BYTES:
        return HttpResponse(status=413)
    try:
        _store(mailbox, posted)
    except Forged as error:
        return _refused(mailbox, error)
    return HttpResponse()


def _refused(mailbox: Mailbox, error: Forged) -> HttpResponse:
    """403.  A genuine signature of another time may be our own clock, which would keep every letter out."""
    logger.warning("a post to %s was refused: %s", mailbox, error)
    if isinstance(error, Stale):
        words = _("a post was signed at quite another time and was refused. Check the clock of this server.")
        mailbox.channel.has_trouble(f"{mailbox.get_hook_display()}: {words}")
    return HttpResponse(status=403)


def _unreadable(mailbox: Mailbox | None) -> HttpResponse:
    """Our set-up is at fault; until it is mended nobody's letter is sent away."""
    if mailbox:
        words = _("What was stored cannot be read: the secret key was changed. Enter it again.")
        mailbox.channel.has_trouble(f"{mailbox.get_hook_display()}: {words}")
    return HttpResponse(status=503)


def _without_letter(mailbox: Mailbox, why: str) -> HttpResponse:
    """Genuine, so the administrator has to know; nothing would change if it came again."""
    if why:
        mailbox.channel.has_trouble(f"{mailbox.get_hook_display()}: {why}")
    return HttpResponse()


@transaction.atomic
def _store(mailbox: Mailbox, posted: Posted) -> None:
    """Raises Forged where its proof has served for another letter."""
    external_id, content_hash = identity(posted.raw)
    if posted.proof and not Spent.objects.spend(posted.proof, content_hash):
        raise Forged("its signature was used for another letter")
    inbox.accept(
        mailbox.channel,
        posted.raw,
        external_id=external_id,
        content_hash=content_hash,
        envelope_from=posted.sender,
        envelope_to=posted.recipients or [mailbox.channel.address],
        source=f"hook:{mailbox.hook}",
    )
    mailbox.channel.is_well()
