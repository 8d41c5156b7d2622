"""Talking to the token endpoint of a provider (RFC 6749, sections 4.1.3 and 6)."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from otklik.adapters.email.grants.addresses import keeps_secrets
from otklik.adapters.email.words import Trouble, readable
from otklik.core import egress
from otklik.core.journal import clock

if TYPE_CHECKING:
    from otklik.adapters.email.models.application import Application

LONGEST = 16_000
USUAL_SECONDS = 3600


class GrantLost(Trouble):
    """The grant was taken back or ran out: only a person can give another."""


@dataclass(frozen=True)
class Tokens:
    """`refresh` is empty when the provider keeps the old one."""

    access: str
    until: datetime
    refresh: str = ""


def by_code(application: "Application", code: str, verifier: str, back: str) -> Tokens:
    """The first tokens, for the code that the provider sent the administrator back with.  Raises Trouble."""
    told = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": back}
    return _asked(application, told)


def by_refresh(application: "Application", refresh: str) -> Tokens:
    """A new access token.  Raises GrantLost when a person has to grant anew, other Trouble when it may pass."""
    return _asked(application, {"grant_type": "refresh_token", "refresh_token": refresh})


def _asked(application: "Application", told: dict[str, str]) -> Tokens:
    if not keeps_secrets(application.token_url):
        words = {"provider": application.provider.label, "address": application.token_url}
        raise Trouble(_("%(provider)s: secrets do not go to %(address)s, it must begin with https://.") % words)
    about = {"client_id": application.client_id, "client_secret": application.secret}
    try:
        answer = egress.post(application.token_url, {**told, **about}, most=1024 * 1024)
    except egress.Refused as refused:
        words = {"provider": application.provider.label, "reason": refused.reason}
        raise Trouble(_("%(provider)s cannot be asked for access: %(reason)s.") % words) from refused
    said = _read(answer.content)
    if answer.status != 200 or not isinstance(said.get("access_token"), str):
        raise _trouble(application, answer.status, said)
    return _tokens(said)


def _read(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _trouble(application: "Application", status: int, said: dict[str, Any]) -> Trouble:
    error = readable(str(said.get("error", status)))
    reason = readable(str(said.get("error_description") or error))
    words = {"provider": application.provider.label, "reason": reason}
    if error in ("invalid_grant", "interaction_required", "consent_required"):
        return GrantLost(
            _("%(provider)s gives no access any more: it was taken back or ran out. Connect again. (%(reason)s)")
            % words
        )
    if error in ("invalid_client", "unauthorized_client"):
        return Trouble(
            _("%(provider)s does not know this application; check its number and secret: %(reason)s") % words
        )
    return Trouble(_("%(provider)s gave no access: %(reason)s") % words)


def _tokens(said: dict[str, Any]) -> Tokens:
    try:
        seconds = int(said.get("expires_in", USUAL_SECONDS))
    except (TypeError, ValueError):
        seconds = USUAL_SECONDS
    refresh = said.get("refresh_token", "")
    return Tokens(
        str(said["access_token"])[:LONGEST],
        clock.now() + timedelta(seconds=max(0, min(seconds, 86400))),
        refresh[:LONGEST] if isinstance(refresh, str) else "",
    )
