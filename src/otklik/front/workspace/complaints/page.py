"""What stands on the page of one complaint."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.care.complaints import access, causes, suggesting
from otklik.care.complaints.models import Complaint
from otklik.care.complaints.states import Due, State, Verdict
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.complaints import doing, story
from otklik.front.workspace.complaints.forms import ActForm


@dataclass(frozen=True)
class Step:
    """One stage on the line: `state` is "done", "now" or "" of what is to come."""

    label: str | Promise
    at: datetime | None
    state: str


STAGES = (
    (pgettext_lazy("complaint", "Received"), "received_at", (State.RECEIVED,)),
    (_("Acknowledged"), "acknowledged_at", (State.ACKNOWLEDGED,)),
    (_("Assessed"), "assessed_at", (State.ASSESSED,)),
    (_("Investigated"), "begun_at", (State.INVESTIGATING,)),
    (pgettext_lazy("complaint", "Answered"), "answered_at", (State.ANSWERED,)),
    (_("Client's word"), "reacted_at", (State.AGREES, State.DISAGREES)),
    (_("Measures"), "acting_at", (State.ACTING,)),
    (_("Effect checked"), "done_at", (State.CHECKING,)),
)


def steps_of(complaint: Complaint) -> list[Step]:
    """A stage that was passed has its date; one that was jumped over, as of what was not upheld, has none."""
    here = next((place for place, row in enumerate(STAGES) if complaint.state in row[2]), len(STAGES))
    return [
        Step(label, getattr(complaint, name), "now" if place == here else "done" if place < here else "")
        for place, (label, name, _states) in enumerate(STAGES)
        if complaint.is_open or getattr(complaint, name)
    ]


def context_of(complaint: Complaint, user: User, failed: ActForm | None = None, name: str = "") -> dict[str, Any]:
    """`failed` is the form of the act `name` that was refused."""
    offers, now = doing.offered(user, complaint), clock.now()
    forms = {one: offer.form(None, complaint, user, one) for one, offer in offers.items()}
    if failed is not None:
        forms[name] = failed
    first = doing.next_of(complaint, offers)
    measures = list(complaint.measures.select_related("owner"))
    return {
        "complaint": complaint,
        "steps": steps_of(complaint),
        "next": first,
        "next_is": offers.get(first),
        "offers": {one: (offer, forms[one]) for one, offer in offers.items()},
        "others": [one for one in offers if one != first and one not in doing.PLACES],
        "failed": name,
        "talk": _talk(complaint, user),
        "letters": _letters(complaint, user),
        "facts": list(complaint.facts.select_related("by")),
        "cause_said": causes.said(complaint.found_cause),
        "stated_said": causes.said(complaint.stated_cause),
        "measures": [(one, one.is_late(now), access.can_finish(user, complaint, one)) for one in measures],
        "measures_done": sum(one.done_at is not None for one in measures),
        "lines": list(complaint.lines.all()),
        "alike": suggesting.alike(complaint, user),
        "linked": suggesting.linked(complaint, user),
        "effect": effect_of(complaint, now),
        "told": story.of(complaint),
        "due": Due(complaint.next_due).label if complaint.next_due else "",
        "now": now,
    }


@dataclass(frozen=True)
class EffectShown:
    """Repeats before and after, and how much of the time of watching has passed."""

    before: int
    before_days: int
    after: int
    after_days: int
    passed: float
    verdict: str


def effect_of(complaint: Complaint, now: datetime) -> EffectShown | None:
    if not complaint.done_at or complaint.state not in (State.CHECKING, State.CLOSED):
        return None
    end = complaint.closed_at or now
    told = complaint.repeats(end)
    whole = ((complaint.check_at or end) - complaint.done_at).total_seconds() or 1.0
    passed = min(1.0, max(0.0, (end - complaint.done_at).total_seconds() / whole))
    verdict = Verdict(complaint.verdict).label if complaint.verdict else ""
    return EffectShown(told.before, int(told.before_days), told.after, int(told.after_days), passed, str(verdict))


def _talk(complaint: Complaint, user: User) -> Ticket | None:
    """The request, where the reader may see it."""
    talk = complaint.talk
    return talk if talk and Ticket.objects.visible_to(user).filter(pk=talk.pk).exists() else None


def _letters(complaint: Complaint, user: User) -> Iterable[Message]:
    """The newest of what was said with the client since it came."""
    talk = _talk(complaint, user)
    if talk is None:
        return []
    said = talk.conversation.messages.public().filter(at__gte=complaint.received_at)
    return list(said.order_by("-id").defer("search", "html")[:3])
