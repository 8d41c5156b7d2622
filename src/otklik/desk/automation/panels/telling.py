"""What a program is told of the case and the client, and how it knows that it is us (docs/panels.md).

The number of the request and ours of the client always; names, addresses and subjects only as an administrator chose.
Nothing of the reader: whoever may see a panel gets the same one.
"""

import base64
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from otklik.core.staff.models import Organisation
from otklik.desk.automation import signing
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels.access import Beside
from otklik.desk.tickets.models import Topic

VALID = 300
"""Seconds for which the address of a page is good."""
DATA, UNTIL, SIGNATURE = "otklik_data", "otklik_until", "otklik_signature"


def told(panel: Panel, beside: Beside) -> dict[str, Any]:
    """What stands in the body of a question, or in the address of a page."""
    ticket, contact, client, chosen = beside.ticket, beside.contact, beside.organisation, set(panel.tells)
    about: dict[str, Any] = {"panel": panel.pk, "desk": Organisation.objects.current().address, "ticket": None}
    if ticket is not None:
        topic = Topic.objects.tree().said(ticket.topic_id) or None
        about["ticket"] = {"number": ticket.number, "line": ticket.team.name, "topic": topic}
        about["ticket"] |= {"subject": ticket.subject} if Panel.Tells.SUBJECT in chosen else {}
    about["contact"] = None
    if contact is not None:
        about["contact"] = {"id": contact.pk}
        about["contact"] |= {"name": contact.name} if Panel.Tells.NAME in chosen else {}
        about["contact"] |= {"email": contact.email} if Panel.Tells.EMAIL in chosen else {}
    about["organisation"] = None
    if client is not None:
        about["organisation"] = {"id": client.pk}
        about["organisation"] |= {"name": client.name} if Panel.Tells.ORGANISATION in chosen else {}
    return about


def body_of(about: dict[str, Any]) -> bytes:
    """The exact bytes that are sent and signed."""
    return json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()


def head_of(panel: Panel, secrets: list[str], number: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The lines of the head, as those of a webhook."""
    return signing.head(secrets, f"panel-{panel.pk}-{number}", timestamp, body) | {"Accept": "application/json"}


def page_address(panel: Panel, secrets: list[str], about: dict[str, Any], timestamp: int) -> str:
    """The address of a page with what is told, until when it is good, and the signature of both."""
    data = base64.urlsafe_b64encode(body_of(about)).decode().rstrip("=")
    until = timestamp + VALID
    signed = ",".join(signing.sign(secret, until, data.encode()) for secret in secrets)
    parts = urlsplit(panel.url)
    ours = [(DATA, data), (UNTIL, str(until)), (SIGNATURE, signed)]
    theirs = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] not in (DATA, UNTIL, SIGNATURE)]
    return urlunsplit(parts._replace(query=urlencode([*theirs, *ours])))
