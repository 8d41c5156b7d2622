"""To the page of the provider and back: authorization code with PKCE (RFC 7636) and a state that is compared."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from otklik.adapters.email.grants import tokens
from otklik.adapters.email.words import Trouble, readable
from otklik.desk.channels.settings import Consent

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox


def begin(mailbox: "Mailbox", back: str) -> Consent:
    """Where to send the administrator, and what their session keeps until they come back to `back`."""
    application = mailbox.application
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    told = {
        "response_type": "code",
        "client_id": application.client_id,
        "redirect_uri": back,
        "scope": application.provider.scope,
        "state": state,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        "login_hint": mailbox.imap_login or mailbox.channel.address,
        **application.provider.extra,
    }
    mark = "&" if urlsplit(application.authorize_url).query else "?"
    return Consent(
        f"{application.authorize_url}{mark}{urlencode(told)}", {"state": state, "verifier": verifier, "back": back}
    )


def finish(mailbox: "Mailbox", kept: Mapping[str, str], answer: Mapping[str, str]) -> None:
    """The administrator is back: exchange the code.  Raises Trouble and changes nothing when access was not given."""
    if not kept.get("state") or not constant_time_compare(answer.get("state", ""), kept["state"]):
        raise Trouble(_("This answer does not belong to the question that was asked last. Begin again."))
    if error := answer.get("error"):
        words = {
            "provider": mailbox.application.provider.label,
            "reason": readable(answer.get("error_description") or error),
        }
        raise Trouble(_("%(provider)s gave no access: %(reason)s") % words)
    mailbox.granted(tokens.by_code(mailbox.application, answer.get("code", ""), kept["verifier"], kept["back"]))


def challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
