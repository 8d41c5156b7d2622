"""The words of the question; five links, one for each score, the last click is the client's."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from otklik.desk.tickets.links import site_url
from otklik.desk.tickets.models import Ticket

# No colour of text: the same letter is read on white and on black.
_BUTTON = "display:inline-block;margin:0 4px 8px 0;padding:8px 14px;border-radius:8px;text-decoration:none"
_USUAL = "1px solid #8a929b"


def words_of(score: int) -> str:
    """What a score means, in one word or two."""
    return {1: _("very bad"), 2: _("bad"), 3: _("so-so"), 4: _("good"), 5: _("excellent")}[score]


def way_out(secret: str) -> str:
    """The page that ends these letters for the client."""
    return f"{site_url()}/survey/{secret}/stop/"


def invitation(ticket: Ticket, secret: str) -> tuple[str, str, str]:
    """(subject, text, html) of the letter."""
    page = f"{site_url()}/survey/{secret}/"
    scores = [(f"{page}?score={score}", f"{score}: {words_of(score)}") for score in (5, 4, 3, 2, 1)]
    colour = ticket.conversation.channel.shown_as.colour
    style = f"{_BUTTON};border:{f'2px solid {colour}' if colour else _USUAL}"
    question = _("How did we answer your request № %(number)s “%(subject)s”? One click is enough.") % {
        "number": ticket.number,
        "subject": ticket.subject,
    }
    text = "\n".join([question, "", *(f"{words}\n{url}" for url, words in scores)])
    html = format_html(
        "<p>{}</p><p>{}</p>",
        question,
        format_html_join(" ", '<a href="{}" style="{}">{}</a>', [(url, style, says) for url, says in scores]),
    )
    return _("How did we answer? Request № %s") % ticket.number, text, str(html)
