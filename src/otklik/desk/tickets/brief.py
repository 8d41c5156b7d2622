"""What goes along when a line passes a ticket on, so that the client never says it twice."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Invalid

LONGEST = 2000


@dataclass(frozen=True)
class Brief:
    """The client's question, what was tried (nothing yet: empty), what the other line is expected to do."""

    question: str
    tried: str
    expected: str

    @classmethod
    def of(cls, question: str, tried: str, expected: str) -> "Brief":
        """Raises Invalid with the field to mend."""
        brief = cls(*(text.strip()[:LONGEST] for text in (question, tried, expected)))
        if not brief.question:
            raise Invalid(_("Write what the client asks, in one sentence."), "question")
        if not brief.expected:
            raise Invalid(_("Write what the other line is expected to do."), "expected")
        return brief

    def as_note(self) -> str:
        parts = (
            (_("Question"), self.question),
            (_("Tried"), self.tried or _("nothing yet")),
            (_("Expected"), self.expected),
        )
        return "\n\n".join(f"{name}: {text}" for name, text in parts)
