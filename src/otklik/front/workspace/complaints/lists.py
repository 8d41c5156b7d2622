"""The list of complaints: narrowed, a page at a time, as far as the reader may see."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.care.complaints import causes
from otklik.care.complaints.models import Complaint
from otklik.care.complaints.models.filing import ComplaintQuerySet
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.front.workspace.paging import nearest_first, newest_first

PAGE = 50
SHOWS: dict[str, str | Promise] = {
    "mine": _("Mine"),
    "open": _("Open ones"),
    "late": pgettext_lazy("complaints", "Late"),
    "all": _("All, closed too"),
}
HEADER = (
    *("number", "request", "stated", "words", "complainant", "organisation", "line", "owner", "investigator"),
    *("state", "severity", "received_at", "acknowledged_at", "legal_due", "answered_at", "decision"),
    *("stated_cause", "found_cause", "found", "remedy", "verdict", "next_at", "closed_at"),
)
PORTION = 500


class Page(NamedTuple):
    """`after` is where the next page begins, "" on the last one."""

    rows: list[Complaint]
    after: str


def narrowed(user: User, show: str) -> ComplaintQuerySet:
    found: ComplaintQuerySet = Complaint.objects.visible_to(user)
    match show:
        case "mine":
            return found.answered_for_by(user)
        case "late":
            return found.late(clock.now())
        case "all":
            return found
    return found.open()


def page(user: User, show: str, after: str) -> Page:
    """By the nearest date; with closed ones the newest first."""
    found = narrowed(user, show).select_related("contact__client", "owner", "line")
    return Page(*(newest_first if show == "all" else nearest_first)(found, after, PAGE))


def rows_of(user: User, show: str) -> Iterator[list[object]]:
    """Every complaint of the list as a row of a table, in the order of the numbers, a portion at a time."""
    found, last = narrowed(user, show).order_by("pk"), 0
    people = ("owner", "investigator", "line", "contact__client")
    while portion := list(found.filter(pk__gt=last).select_related(*people)[:PORTION]):
        yield from (_row(one) for one in portion)
        last = portion[-1].pk


def _row(one: Complaint) -> list[object]:
    contact = one.contact
    return [
        *(one.number, one.ticket_id, one.stated, one.words, contact.name if contact else ""),
        *(contact.client.name if contact and contact.client else "", one.line.name, one.owner.name),
        *(one.investigator.name if one.investigator else "", one.get_state_display(), one.get_severity_display()),
        *(one.received_at, one.acknowledged_at, one.legal_due, one.answered_at, one.get_decision_display()),
        *(causes.said(one.stated_cause), causes.said(one.found_cause), one.found, one.remedy),
        *(one.get_verdict_display(), one.next_at, one.closed_at),
    ]
