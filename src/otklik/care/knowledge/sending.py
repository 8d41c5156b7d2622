"""An article counts as used when what it was put into leaves, not when it is put in: a writer may think better of it.

A link is read out of what was said, however it came there.  Of pasted words it is kept that they were put in; they
count as soon as one of their lines stands in what is said.
"""

import re

from otklik.care.knowledge.models import Article, ArticleUse
from otklik.care.knowledge.states import How
from otklik.core.journal.rows import first
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.links import site_url
from otklik.desk.tickets.models import Ticket

# Bare SQL, for every answer asks it.
SAID = """
SELECT new_text, at, author_id, EXISTS (SELECT FROM knowledge_articleuse WHERE ticket_id = %s AND how = %s)
FROM conversations_message WHERE id = %s AND author_id IS NOT NULL
"""
MOST_LINKS = 20
LEAST = 20
"""A line of fewer characters may stand in a letter by chance."""


def has_left(ticket_id: int, message_id: int) -> None:
    """One statement where nothing was put in and no link stands in it; what a rule writes is nobody's use."""
    said = first(SAID, ticket_id, How.CHOSEN.value, message_id)
    if said is None:
        return
    text, at, author, waits = said
    articles = linked(text)
    if not (articles or waits):
        return
    ticket, by = Ticket(pk=ticket_id), User.objects.get(pk=author)
    for article in articles:
        ArticleUse.objects.note(ticket, article, How.LINKED, by=by, at=at)
    for use in ArticleUse.objects.filter(ticket=ticket_id, how=How.CHOSEN).select_related("article") if waits else ():
        if stands(use.article.text, text):
            ArticleUse.objects.note(ticket, use.article, How.PASTED, by=by, at=at)
            use.delete()


def has_not_left(ticket_id: int, message_id: int) -> None:
    """It was taken back before it left: what it did, known by having the same moment, is undone and may come again."""
    moment = Message.objects.values_list("at", flat=True).get(pk=message_id)
    done = ArticleUse.objects.with_article().filter(ticket=ticket_id, at=moment)
    for use in done.filter(how=How.PASTED).select_related("ticket", "by"):
        ArticleUse.objects.chosen(use.ticket, use.article, by=use.by)
    done.filter(how__in=(How.LINKED, How.PASTED)).delete()


def linked(said: str) -> list[Article]:
    """Published articles whose addresses stand in it."""
    if "/kb/" not in said and "/knowledge/" not in said:
        return []
    numbers = re.findall(rf"{re.escape(site_url())}/(?:kb|knowledge)/(\d{{1,18}})/", said)
    return list(Article.objects.published().briefly().filter(pk__in=numbers[:MOST_LINKS]).order_by("pk"))


def stands(text: str, said: str) -> bool:
    """One of its lines stands there; of a text of short lines all of it."""
    lines = (line.strip() for line in text.splitlines())
    own = [line for line in lines if len(line) >= LEAST] or [text.strip()]
    return any(line in said for line in own)
