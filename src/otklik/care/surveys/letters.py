"""The words of the question; five links, one for each score, the last click is the client's."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from otklik.desk.tickets.links import site_url
from otklik.desk.tickets.models import Ticket


def words_of(score: int) -> str:
    """What a score means, in one word or two."""
    return {1: _("very bad"), 2: _("bad"), 3: _("so-so"), 4: _("good"), 5: _("excellent")}[score]


def invitation(ticket: Ticket, secret: str) -> tuple[str, str, str]:
    """(subject, text, html) of the letter."""
    page = f"{site_url()}/survey/{secret}/"
    scores = [(f"{page}?score={score}", f"{score}: {words_of(score)}") for score in (5, 4, 3, 2, 1)]
    question = _("How did we answer your request № %s? One click is enough.") % ticket.number
    text = "\n".join([question, "", *(f"{words}\n{url}" for url, words in scores)])
    html = format_html(
        "<p>{}</p><ul>{}</ul>",
        question,
        format_html_join("", '<li><a href="{}">{}</a></li>', scores),
    )
    return _("How did we answer? Request № %s") % ticket.number, text, str(html)
