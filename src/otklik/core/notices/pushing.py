"""A notice on its way to the browsers of a person: through the one door out, once each."""

import json
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.egress import Refused, send
from otklik.core.egress.targets import target_of
from otklik.core.journal.notice import Notice
from otklik.core.notices import webpush
from otklik.core.notices.deciding import REACHES, Why, verdict
from otklik.core.notices.models import Browser, Delivery, PersonChoice, Signature
from otklik.core.notices.routes import Route
from otklik.core.notices.standing import standings
from otklik.core.staff.models import Organisation, User

log = structlog.get_logger("otklik.notices")

LONGEST = 160
KEEPS, KEEPS_URGENT = 4 * 3600, 24 * 3600
"""Seconds a push service keeps it for a browser that is not on the line."""
GONE = (404, 410)
LATER = (408, 429)
ANSWER = 64 * 1024


class NotNow(Exception):
    """The push service asks to come again."""


def decide(numbers: list[int]) -> list[tuple[int, int]]:
    """Write down for each notice whether browsers are told, or why not; returns (notice, browser) to send."""
    rows = list(Notice.objects.filter(pk__in=numbers).select_related("person"))
    known = standings({row.person_id: row.person for row in rows}.values())
    browsers = list(Browser.objects.signed_in().filter(person__in=known))
    to_send = []
    for row in rows:
        why = Why.SEEN if row.seen_at else verdict(known[row.person_id], row.kind, Route.PUSH, urgent=row.urgent)
        row.pushed_why = why.value
        if why in REACHES:
            to_send += [(row.pk, one.pk) for one in browsers if one.person_id == row.person_id]
    Notice.objects.bulk_update(rows, ["pushed_why"])
    return to_send


def send_to(notice_id: int, browser_id: int) -> bool:
    """Tell one browser, once.  A browser that is gone is forgotten.  Raises NotNow."""
    browser = Browser.objects.signed_in().filter(pk=browser_id).select_related("person").first()
    notice = Notice.objects.filter(pk=notice_id, seen_at=None).first()
    if browser is None or notice is None or notice.person_id != browser.person_id:
        return False
    if Delivery.objects.filter(notice=notice, browser=browser).exists():
        return False
    try:
        body = webpush.encrypted(content(notice, browser.person), browser.key, browser.secret)
        answer = send(browser.endpoint, body, _head(browser, notice), most=ANSWER)
    except Refused as trouble:
        raise NotNow(trouble.reason) from None
    if 200 <= answer.status < 300:
        Delivery.objects.get_or_create(notice=notice, browser=browser)
        return True
    if answer.status in GONE:
        browser.delete()
        return False
    if answer.status in LATER or answer.status >= 500:
        raise NotNow(str(answer.status))
    log.warning("push refused", status=answer.status, service=urlsplit(browser.endpoint).hostname)
    Notice.objects.filter(pk=notice.pk).update(pushed_why=Why.FAILED)
    return False


def content(notice: Notice, person: User) -> bytes:
    """What the browser shows: a number and a short text, or that there is something; in the person's language."""
    bare = PersonChoice.objects.filter(person=person, bare=True).exists()
    with translation.override(person.language):
        title = _("Request № %s") % notice.about_id if notice.about == "ticket" and not bare else _("Otklik")
        text = _("There is something new for you.") if bare else notice.text
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rstrip() + "…"
    told = {"title": title, "text": text, "at": f"/notices/{notice.pk}/go/", "tag": _tag(notice)}
    return json.dumps(told | {"urgent": notice.urgent}, ensure_ascii=False).encode()


def may_be_told(endpoint: str) -> bool:
    """https to its usual port, or a host that the house allows by name; the door out checks where the name leads."""
    try:
        target = target_of(endpoint)
    except Refused:
        return False
    named = {entry.lower() for entry in settings.EGRESS_ALLOW}
    return (target.scheme == "https" and target.port == 443) or bool({target.host.lower(), target.named} & named)


def _tag(notice: Notice) -> str:
    """A later notice of the same request takes the place of the earlier one on the screen."""
    return f"ticket-{notice.about_id}" if notice.about == "ticket" else f"notice-{notice.pk}"


def _head(browser: Browser, notice: Notice) -> Mapping[str, str]:
    subject = Organisation.objects.current().address
    if not subject.startswith("https://"):
        subject = "mailto:" + (settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ") or "desk@localhost")
    return {
        "Authorization": webpush.signature(Signature.objects.key(), browser.endpoint, subject, int(time.time())),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(KEEPS_URGENT if notice.urgent else KEEPS),
        "Urgency": "high" if notice.urgent else "normal",
        "Topic": f"n{notice.pk}",
    }
