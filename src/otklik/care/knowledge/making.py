"""What an article of a request begins with: its subject and what our side wrote, without anybody's name.

The client's own words are not carried over, unless somebody has chosen them; washed they are in any case.
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from otklik.care.knowledge.states import Language
from otklik.care.knowledge.terms import LONGEST_TITLE
from otklik.care.knowledge.washing import washed, without_greeting
from otklik.desk.tickets.letters import language_of
from otklik.desk.tickets.models import Ticket


@dataclass(frozen=True)
class Begun:
    """What stands in the form of a new article."""

    title: str
    text: str
    language: str


def of_ticket(ticket: Ticket, chosen: str = "") -> Begun:
    """`chosen` are words of the conversation that stand there instead of our last letter."""
    contact = ticket.contact
    names = [contact.name, contact.called, contact.client.name if contact.client else ""]
    language = Language.EN if language_of(ticket) == "en" else Language.RU
    title = washed(ticket.subject, names).strip()[:LONGEST_TITLE]
    helped = washed(chosen.strip() or without_greeting(_our_words(ticket)), names)
    with translation.override(language):
        parts = [(_("Question"), title), (_("Where it occurs"), _product(ticket)), (_("What helps"), helped or "…")]
        text = "\n\n".join(f"## {head}\n\n{words}" for head, words in parts if words)
    return Begun(title, text, language)


def _our_words(ticket: Ticket) -> str:
    """The last letter of a colleague: that is what helped."""
    ours = ticket.conversation.messages.public().filter(direction="out", author__isnull=False)
    return ours.order_by("-id").values_list("new_text", flat=True).first() or ""


def _product(ticket: Ticket) -> str:
    return ticket.product.name if ticket.product else ""
