"""Rules with numbers, free of the database: when a date makes sense, what a client is told."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models.states import RefusalReason
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Uphold, Wait

NEAR = 0.75
LONGEST_LINK = 500
FARTHEST = timedelta(days=366)


def check(step: Step, now: datetime, text: str | None = None) -> None:
    """Raises Invalid with the field to mend; `text` are the words of an answer, which only a refusal can do without."""
    if text is not None and not text.strip() and not isinstance(step, Refuse):
        raise Invalid(_("Write the answer first."), "text")
    if isinstance(step, (Wait, PromiseDate, PutAside)):
        _check_date(step.until, now)
    if isinstance(step, PutAside) and not step.what.strip():
        raise Invalid(_("Say what happens then."), "what")
    if isinstance(step, Refuse):
        _check_refusal(step)
    if isinstance(step, Resolve) and step.link.strip():
        _check_link(step.link.strip())


def _check_date(until: datetime, now: datetime) -> None:
    if until <= now:
        raise Invalid(_("Choose a time in the future."), "until")
    if until > now + FARTHEST:
        raise Invalid(_("Choose a time within a year."), "until")


def _check_link(link: str) -> None:
    """What a client is asked to open: encrypted, and of a place that has a name."""
    if len(link) > LONGEST_LINK:
        raise Invalid(_("This link is too long."), "link")
    try:
        URLValidator(schemes=["https"])(link)
    except ValidationError:
        raise Invalid(_("Write a link that begins with https://."), "link") from None
    if urlsplit(link).username is not None:
        raise Invalid(_("A link for a client has no name and no password in it."), "link")


def _check_refusal(step: Refuse) -> None:
    if step.reason not in RefusalReason.values:
        raise Invalid(_("Choose the reason of the refusal."), "reason")
    if not step.explanation.strip():
        raise Invalid(_("Explain the cause in the client's words."), "explanation")
    if not [offer for offer in step.alternatives if offer.strip()]:
        raise Invalid(_("Offer at least one way round."), "alternatives")


def marks(at: datetime, until: datetime) -> list[datetime]:
    """When a promise is looked at: three quarters of its time gone, a day and two hours before, and at its end."""
    warnings = (at + NEAR * (until - at), until - timedelta(days=1), until - timedelta(hours=2))
    return sorted({mark for mark in warnings if at < mark < until} | {until})


def next_mark(at: datetime, until: datetime, now: datetime) -> datetime | None:
    return next((mark for mark in marks(at, until) if mark >= now), None)


def letter_text(text: str, step: Step, appeal: str = "") -> str:
    """The agent's words, and for a refusal what must be in it: cause, effect, ways round and how to `appeal`."""
    if not isinstance(step, Refuse):
        return text.strip()
    offers = "\n".join(f"- {offer.strip()}" for offer in step.alternatives if offer.strip())
    known = step.reason in RefusalReason.values  # a letter is looked at before all of it is written
    reason = _("We have to refuse: %(reason)s.") % {"reason": RefusalReason(step.reason).label} if known else ""
    instead = _("What we can offer instead:") if offers else ""
    parts = [text.strip(), reason, step.explanation.strip(), instead, offers]
    if step.consulted:
        parts.append(
            _("Is it clear why? If not, or if you want to talk it over, answer this message: a person reads it.")
        )
    return "\n\n".join(part for part in [*parts, appeal] if part)


def is_over(step: Step) -> bool:
    return isinstance(step, (Resolve, Refuse, Uphold))
