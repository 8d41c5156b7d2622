"""Letters that went out, the newest first, for those who may see the requests they belong to."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket

PAGE = 50
KINDS = {
    "reply": pgettext_lazy("kind of letter", "answer"),
    "auto": pgettext_lazy("kind of letter", "receipt"),
    "survey": pgettext_lazy("kind of letter", "question about a score"),
    "notify": pgettext_lazy("kind of letter", "notice"),
    "forward": pgettext_lazy("kind of letter", "forwarded"),
    "press": pgettext_lazy("kind of letter", "thanks for a score"),
    "news": pgettext_lazy("kind of letter", "news of the service"),
}
STATES = {
    "all": Q(),
    "waiting": Q(state__in=("ready", "sending")),
    "sent": Q(state="sent"),
    "trouble": Q(state__in=("failed", "uncertain")),
}


@dataclass(frozen=True)
class Letters:
    """One page (each letter with the word for its kind), and the key from which the next begins."""

    rows: list[tuple[Outbound, str | Promise]]
    before: int | None


def visible_letters(user: User) -> QuerySet[Outbound]:
    """Letters of visible requests; whoever sees everything also sees letters without a request."""
    letters = Outbound.objects.defer("raw").select_related("channel", "message__conversation__ticket")
    if user.sees_everything:
        return letters
    tickets = Ticket.objects.visible_to(user).filter(conversation=OuterRef("conversation"))
    messages = Message.objects.filter(outbound=OuterRef("pk")).filter(Exists(tickets))
    return letters.filter(Exists(messages))


def letters_of(user: User, state: str, before: int | None, query: str = "") -> Letters:
    letters = visible_letters(user).filter(STATES[state]).order_by("-id")
    if query:
        letters = letters.filter(Q(first_recipient__icontains=query) | Q(subject__icontains=query))
    if before:
        letters = letters.filter(pk__lt=before)
    rows = list(letters.defer("raw", "message__search", "message__html", "message__text")[: PAGE + 1])
    return Letters(
        [(row, KINDS.get(row.kind, "")) for row in rows[:PAGE]], rows[PAGE - 1].pk if len(rows) > PAGE else None
    )
