"""The words of the question; a link for each mark, which the client confirms on the page."""

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.care.surveys.scales import Kind
from otklik.core.ui.words import date_of
from otklik.desk.channels.port import Choice
from otklik.desk.tickets.links import site_url

if TYPE_CHECKING:
    from datetime import datetime

    from otklik.care.surveys.models import Invitation, Question

# No colour of text: the same letter is read on white and on black.
_BUTTON = "display:inline-block;margin:0 4px 8px 0;padding:8px 14px;border-radius:8px;text-decoration:none"
_USUAL = "1px solid #8a929b"
PRESSED = "survey:"
"""How the data of our buttons begin."""


def words_of(score: int) -> str:
    """What a score means, in one word or two."""
    return {1: _("very bad"), 2: _("bad"), 3: _("so-so"), 4: _("good"), 5: _("excellent")}[score]


def way_out(secret: str) -> str:
    """The page that ends these letters for the client."""
    return f"{site_url()}/survey/{secret}/stop/"


def invitation(asked: "Invitation", secret: str, *, again: bool = False) -> tuple[str, str, str]:
    """(subject, text, html) of the letter; `again` of the one reminder, which says so first."""
    page, first = f"{site_url()}/survey/{secret}/", asked.version.first if asked.version else None
    subject, question = _subject(asked), _question(asked, first)
    if again:
        question = _("We asked you some days ago and will not ask again. %s") % question
    links = _links(first, page)
    colour = asked.brand.colour
    style = f"{_BUTTON};border:{f'2px solid {colour}' if colour else _USUAL}"
    ends = _ends(first)
    text = "\n".join(
        part for part in [question, ends, "", *(f"{says}\n{url}" for url, says in links)] if part or not ends
    )
    html = format_html(
        "<p>{}</p>{}<p>{}</p>",
        question,
        format_html("<p>{}</p>", ends) if ends else SafeString(""),
        format_html_join(" ", '<a href="{}" style="{}">{}</a>', [(url, style, says) for url, says in links]),
    )
    return subject, text, str(html)


def in_chat(asked: "Invitation", secret: str, *, again: bool = False) -> tuple[str, str, list[Choice]]:
    """(subject, text, buttons) of the same question where a press answers it; what no button can, a page does."""
    page, first = f"{site_url()}/survey/{secret}/", asked.version.first if asked.version else None
    if first is None or first.scale is None:
        question, buttons = _question(asked, first), list[Choice]()
    else:
        question, buttons = _pressed_question(asked, first), choices_of(first, secret)
    if again:
        question = _("We asked you some days ago and will not ask again. %s") % question
    lines = [question, _ends(first), "" if buttons else f"{_('Answer')}: {page}"]
    return _subject(asked), "\n\n".join(line for line in lines if line), buttons


def choices_of(first: "Question", secret: str, chosen: int | None = None) -> list[Choice]:
    """A button for each point, the best face first."""
    assert first.scale
    if first.kind == Kind.CSAT5:
        labels = {score: f"{score}: {words_of(score)}" for score in (5, 4, 3, 2, 1)}
    else:
        labels = dict(first.scale.named)
    return [Choice(label, f"{PRESSED}{secret}:{point}", point == chosen) for point, label in labels.items()]


def thanks(first: "Question", value: int, secret: str, before: "datetime | None" = None) -> str:
    """What stands in place of the question after a press; `before` as `Invitation.asks_of_before`."""
    said = f"{value}: {words_of(value)}" if first.kind == Kind.CSAT5 else first.scale.name(value) if first.scale else ""
    more = _("Say more: %s") % f"{site_url()}/survey/{secret}/"
    about = _("It counts for our answer of %s, before the request was open again.") % date_of(before) if before else ""
    parts = [_("Thank you! Your answer: %s.") % said, about, _("Another button changes it."), more]
    return "\n\n".join(part for part in parts if part)


def closed() -> str:
    return _("Thank you! This question is closed by now.")


def _pressed_question(asked: "Invitation", first: "Question") -> str:
    if asked.about_answer and asked.ticket and _is_usual(first):
        if first.kind == Kind.ONCE:
            return _("Was your request № %s solved at once? Press a button.") % asked.ticket.number
        return _("How did we answer your request № %s? Press a button.") % asked.ticket.number
    return _("%s Press a button.") % first.words


def _subject(asked: "Invitation") -> str:
    if asked.about_answer and asked.ticket:
        return _("How did we answer? Request № %s") % asked.ticket.number
    return _("A question from %s") % (asked.brand.shown_name or asked.survey.name)


def _question(asked: "Invitation", first: "Question | None") -> str:
    if first is None:
        return _("We would like to ask you some questions; it takes a minute.")
    if asked.about_answer and asked.ticket and _is_usual(first):
        told = {"number": asked.ticket.number, "subject": asked.ticket.subject}
        if first.kind == Kind.ONCE:
            return (
                _("Was your request № %(number)s “%(subject)s” solved at once? Choose one and confirm it on the page.")
                % told
            )
        return (
            _("How did we answer your request № %(number)s “%(subject)s”? Choose a mark and confirm it on the page.")
            % told
        )
    return _("%(question)s Choose an answer and confirm it on the page.") % {"question": first.words}


def _links(first: "Question | None", page: str) -> list[tuple[str, str]]:
    if first is None or first.scale is None:
        return [(page, _("Answer"))]
    if first.kind == Kind.CSAT5:
        return [(f"{page}?score={score}", f"{score}: {words_of(score)}") for score in (5, 4, 3, 2, 1)]
    return [(f"{page}?score={point}", says) for point, says in first.scale.named]


def _is_usual(question: "Question") -> bool:
    """Nobody wrote words of their own for it."""
    return not (question.words_ru or question.words_en)


def _ends(first: "Question | None") -> str:
    """What the ends of a scale without faces mean."""
    if first is None or first.scale is None or first.kind == Kind.CSAT5 or first.scale.words:
        return ""
    scale = first.scale
    return f"{scale.least}: {scale.low}, {scale.most}: {scale.high}"
