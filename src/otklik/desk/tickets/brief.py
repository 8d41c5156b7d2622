"""What goes along when a ticket is passed on, so that the client never says it twice."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Invalid

LONGEST = 2000


@dataclass(frozen=True)
class Card:
    """What the client wants, what was done, and what was promised beside the date that stands in the ticket."""

    question: str = ""
    tried: str = ""
    promised: str = ""

    @classmethod
    def of(cls, question: str, tried: str, promised: str) -> "Card":
        return cls(*(text.strip()[:LONGEST] for text in (question, tried, promised)))

    @property
    def is_filled(self) -> bool:
        """Whoever goes on knows both what is wanted and what was done (METRICS V17)."""
        return bool(self.question and self.tried)

    def parts(self) -> list[tuple[str, str]]:
        """Each thing that is told, with its name."""
        told = ((_("Question"), self.question), (_("Tried"), self.tried), (_("Promised"), self.promised))
        return [(name, text) for name, text in told if text]

    def as_note(self) -> str:
        return noted(self.parts())


@dataclass(frozen=True)
class Brief:
    """The client's question, what was tried (nothing yet: empty), what the other line is expected to do; `promised` is
    what the client was told beside the date that stands in the ticket.
    """

    question: str
    tried: str
    expected: str
    promised: str = ""

    @classmethod
    def of(cls, question: str, tried: str, expected: str, promised: str = "") -> "Brief":
        """Raises Invalid with the field to mend."""
        brief = cls(*(text.strip()[:LONGEST] for text in (question, tried, expected, promised)))
        if not brief.question:
            raise Invalid(_("Write what the client asks, in one sentence."), "question")
        if not brief.expected:
            raise Invalid(_("Write what the other line is expected to do."), "expected")
        return brief

    @property
    def card(self) -> Card:
        return Card(self.question, self.tried, self.promised)

    def as_note(self) -> str:
        tried = Card(self.question, self.tried or _("nothing yet"), self.promised)
        return noted([*tried.parts(), (_("Expected"), self.expected)])


def noted(parts: list[tuple[str, str]]) -> str:
    """As a note for colleagues."""
    return "\n\n".join(f"{name}: {text}" for name, text in parts)
