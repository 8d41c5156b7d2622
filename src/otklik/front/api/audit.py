"""What programs changed, and what they were refused."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest

from otklik.core.staff.models import ApiCall

logger = logging.getLogger(__name__)


def note(request: HttpRequest, status: int) -> None:
    """A line for a call with a token of ours.  The act stands by now; a line that cannot be written undoes nothing."""
    token = getattr(request, "program", None)
    if token is None:
        return
    operation = f"{request.method} {request.path.removeprefix('/api/v1/')}"
    try:
        ApiCall.objects.note(token, operation, status, request.META.get("REMOTE_ADDR", ""))
    except DatabaseError:
        logger.exception("call of token %s not noted: %s, %s", token.pk, operation, status)
