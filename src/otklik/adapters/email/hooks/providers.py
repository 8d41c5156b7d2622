"""What each provider posts: how it proves itself, and where in it the letter is, byte for byte."""

import base64
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from anymail.exceptions import (
    AnymailInsecureWebhookWarning,
    AnymailNotSupportedWarning,
    AnymailWebhookValidationFailure,
)
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from anymail.webhooks.sendgrid import SendGridInboundWebhookView
from django.http import HttpRequest, QueryDict

from otklik.adapters.email.hooks import sns
from otklik.adapters.email.hooks.fields import fields_of
from otklik.core.journal import clock

USER = "otklik"
"""The name before the secret, for providers that prove themselves by one: https://otklik:secret@desk/…"""

for silenced in (AnymailInsecureWebhookWarning, AnymailNotSupportedWarning):
    warnings.filterwarnings("ignore", category=silenced)


OLDEST = timedelta(hours=9)
"""How old a signature of Mailgun may be.

It posts a letter that we could not take again for eight hours (10, 10, 15, 30 minutes, 1, 2, 4 hours), each time with
the signature of the first: after less, an hour in which we were down would cost the letters of that hour (0134).
"""
AHEAD = timedelta(minutes=15)
"""How far its clock may be ahead of ours: no two machines with a time server differ by that."""


class Forged(Exception):
    """The provider did not send this."""


class Stale(Forged):
    """It did, but not now: somebody has kept it, or a clock is wrong."""


class NoLetter(Exception):
    """Genuine, but no raw letter is in it: the provider is set up otherwise, or only says hello."""


@dataclass(frozen=True)
class Posted:
    """A letter; `proof` is what opened the door where that does not cover the letter, and so is good for one only."""

    raw: bytes
    sender: str = ""
    recipients: tuple[str, ...] = ()
    proof: str = ""


def mailgun(request: HttpRequest, body: bytes, secret: str) -> Posted:
    fields = fields_of(request.headers.get("Content-Type", ""), body)
    request.POST = _query(fields)  # type: ignore[assignment]
    _proven(MailgunInboundWebhookView, request, webhook_signing_key=secret)
    _of_now(_text(fields, "timestamp"))
    sender, recipients = _text(fields, "sender"), _addresses(_text(fields, "recipient").split(","))
    # The signature and not the token: nothing parts the two signed words, so a digit of one can be told as the other's.
    return Posted(_raw(fields, "body-mime"), sender, recipients, _text(fields, "signature"))


def sendgrid(request: HttpRequest, body: bytes, secret: str) -> Posted:
    _proven(SendGridInboundWebhookView, request, webhook_secret=[f"{USER}:{secret}"])
    fields = fields_of(request.headers.get("Content-Type", ""), body)
    envelope = _json(fields.get("envelope", b"{}"))
    return Posted(_raw(fields, "email"), str(envelope.get("from", "")), _addresses(envelope.get("to")))


def postmark(request: HttpRequest, body: bytes, secret: str) -> Posted:
    _proven(PostmarkInboundWebhookView, request, webhook_secret=[f"{USER}:{secret}"])
    said = _json(body)
    raw = said.get("RawEmail")
    if not isinstance(raw, str):
        raise NoLetter('no RawEmail: switch on "Include raw email content in JSON payload"')
    return Posted(_bytes(raw), "", _addresses([said.get("OriginalRecipient")]))


def ses(request: HttpRequest, body: bytes, secret: str) -> Posted:
    """`secret` is the name (ARN) of the topic."""
    message = _json(body)
    if not sns.is_genuine(message, secret):
        raise Forged("not signed by Amazon for this topic")
    if message["Type"] == "SubscriptionConfirmation":
        sns.confirm(str(message.get("SubscribeURL", "")))
        raise NoLetter("")
    said = _json(str(message.get("Message", "")).encode())
    content, receipt = said.get("content"), said.get("receipt", {})
    if not isinstance(content, str):
        raise NoLetter("no content: let the receipt rule publish the letter itself to the topic")
    in_base64 = receipt.get("action", {}).get("encoding") == "BASE64"
    raw = base64.b64decode(content) if in_base64 else _bytes(content)
    return Posted(raw, str(said.get("mail", {}).get("source", "")), _addresses(receipt.get("recipients")))


HOOKS: dict[str, Callable[[HttpRequest, bytes, str], Posted]] = {
    "mailgun": mailgun,
    "postmark": postmark,
    "sendgrid": sendgrid,
    "ses": ses,
}


def _proven(view: type[AnymailBaseWebhookView], request: HttpRequest, **secrets: Any) -> None:
    try:
        view(**secrets).run_validators(request)
    except (AnymailWebhookValidationFailure, UnicodeError) as error:
        raise Forged(str(error)) from error


def _of_now(stamp: str) -> None:
    """Raises Stale.  A genuine signature says when it was made."""
    now = clock.now().timestamp()
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 12):
        raise Stale("no time in it")
    if not -AHEAD.total_seconds() <= now - int(stamp) <= OLDEST.total_seconds():
        raise Stale(f"signed {(now - int(stamp)) / 60:.0f} minutes ago")


def _query(fields: dict[str, bytes]) -> QueryDict:
    """The short ones: what a signature is made of."""
    query = QueryDict(mutable=True)
    query.update({name: value.decode("latin-1") for name, value in fields.items() if len(value) < 1000})
    return query


def _raw(fields: dict[str, bytes], name: str) -> bytes:
    if name not in fields:
        raise NoLetter(f"no field {name}: the provider has to post raw MIME")
    return fields[name]


def _bytes(letter: str) -> bytes:
    """Half a pair of JSON's escapes is no character; the letter is worth more than that one."""
    try:
        return letter.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return letter.encode("utf-8", "replace")


def _text(fields: dict[str, bytes], name: str) -> str:
    return fields.get(name, b"").decode("utf-8", "replace")


def _json(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except ValueError as error:
        raise NoLetter("not JSON") from error
    if not isinstance(said, dict):
        raise NoLetter("not an object")
    return said


def _addresses(told: Any) -> tuple[str, ...]:
    return tuple(one.strip() for one in told or () if isinstance(one, str) and one.strip())
