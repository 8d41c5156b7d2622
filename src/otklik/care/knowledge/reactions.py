"""Articles always have an owner who works here and go along with requests; what is said with one counts as its use."""

import re

from django.db.models import Exists, OuterRef

from otklik.care.knowledge import sampling, sending, telling
from otklik.care.knowledge.access import can_own, keeper, keepers
from otklik.care.knowledge.events import ArticleFlagged, ArticleGiven, FlagSettled
from otklik.care.knowledge.models import Article, ArticleUse, Flag, FormVisit, LinkCheck
from otklik.care.knowledge.states import How, State
from otklik.core.journal.news import doer, on
from otklik.core.journal.rows import first
from otklik.core.staff.events import PersonAppointed, PersonLeft
from otklik.core.staff.models import User
from otklik.desk.clients.events import ContactMerged, ContactsParted
from otklik.desk.clients.models import Merging
from otklik.desk.tickets.events import (
    Answered,
    AnswerTakenBack,
    MessagesRelocated,
    Noted,
    RelocationUndone,
    TicketOpened,
)
from otklik.desk.tickets.models import Ticket

MARK = re.compile(r"\[KB-(\d{1,9})\]")
"""What stands in the subject of a letter that is begun on the page of an article."""
NAMED = "SELECT subject FROM tickets_ticket WHERE id = %s AND subject LIKE %s"
"""Bare SQL, for every new request asks it."""


def mark_of(article: Article) -> str:
    return f"[KB-{article.number}]"


@on(PersonLeft, PersonAppointed)
def somebody_else_keeps_them(news: PersonLeft | PersonAppointed) -> None:
    person = User.objects.get(pk=news.person_id)
    if can_own(person):
        return
    heir = keeper(other_than=person)
    if heir is None:
        return  # nobody is left to keep anything; the page shows whose it was
    articles = list(Article.objects.briefly().of(person).order_by("review_on", "pk"))
    for article in articles:
        article.give(heir, by=None)
    if living := [one for one in articles if one.state != State.WITHDRAWN]:
        telling.tell_taken_over(living, heir)


@on(PersonLeft, PersonAppointed)
def somebody_else_looks_at_links(news: PersonLeft | PersonAppointed) -> None:
    """By the rule of the draw: who leaves gives all away, whose lines changed what they do not see any more.

    What nobody but who put it in could look at is drawn no more; who stays says of it that they cannot tell.
    """
    person = User.objects.get(pk=news.person_id)
    people = keepers()
    checks = list(LinkCheck.objects.of(person).select_related("ticket__merged_into"))
    if not checks:
        return
    sees = sampling.seen_by(people, {one.goes_on.pk for one in checks})
    stays = sees.pop(person.pk, None)
    load = LinkCheck.objects.load_of(sees)
    given, lost = list[LinkCheck](), list[int]()
    for check in checks:
        if stays is not None and check.goes_on.pk in stays:
            continue
        heir = sampling.least_loaded(check.linked_by_id, check.goes_on.pk, sees, load)
        if heir is not None:
            check.holder, check.told_late_at = next(one for one in people if one.pk == heir), None
            given.append(check)
        elif stays is None:
            lost.append(check.pk)
    LinkCheck.objects.bulk_update(given, ["holder", "told_late_at"])
    LinkCheck.objects.filter(pk__in=lost).delete()
    telling.tell_links(given)


@on(ArticleGiven)
def it_is_somebodys(news: ArticleGiven) -> None:
    """What somebody leaves behind is told all at once, by who hands it on."""
    article = Article.objects.briefly().select_related("owner").get(pk=news.article_id)
    if doer() not in (None, article.owner_id):
        telling.tell_given(article)


@on(ArticleFlagged)
def its_owner_hears_what_is_wrong(news: ArticleFlagged) -> None:
    flag = Flag.objects.with_article().get(pk=news.flag_id)
    if flag.article.owner_id != flag.by_id:
        telling.tell_flag(flag)


@on(FlagSettled)
def who_said_so_hears_what_came_of_it(news: FlagSettled) -> None:
    flag = Flag.objects.with_article().select_related("by").get(pk=news.flag_id)
    if flag.by_id != doer() and flag.by.is_active:
        telling.tell_settled(flag)


@on(Answered, Noted)
def what_was_put_in_has_left(news: Answered | Noted) -> None:
    sending.has_left(news.ticket_id, news.message_id)


@on(AnswerTakenBack)
def what_was_put_in_has_not_left(news: AnswerTakenBack) -> None:
    sending.has_not_left(news.ticket_id, news.message_id)


@on(MessagesRelocated)
def articles_go_along(news: MessagesRelocated) -> None:
    """A request that goes on in another one: there it is seen what was used, and drafts go along."""
    if news.what != "merge" or news.ticket_id != news.target_id:
        return
    there = ArticleUse.objects.filter(ticket=news.target_id, article=OuterRef("article"), how=OuterRef("how"))
    uses = ArticleUse.objects.filter(~Exists(there), ticket=news.source_id).select_related("by").order_by("pk")
    ArticleUse.objects.go_along(uses, Ticket.objects.get(pk=news.target_id))


@on(RelocationUndone)
def articles_go_back(news: RelocationUndone) -> None:
    """Requests are parted again: what came with the other one goes, known by having the same moment."""
    if news.what != "merge" or news.ticket_id != news.target_id:
        return
    same = ArticleUse.objects.filter(
        ticket=news.source_id, article=OuterRef("article"), how=OuterRef("how"), at=OuterRef("at")
    )
    ArticleUse.objects.filter(Exists(same), ticket=news.target_id).delete()


@on(TicketOpened)
def the_client_has_read_it_before(news: TicketOpened) -> None:
    """Their letter was begun on the page of an article: whoever answers does not send it once more."""
    named = first(NAMED, news.ticket_id, "%[KB-%")
    found = MARK.search(named[0]) if named else None
    article = Article.objects.public().briefly().filter(pk=int(found[1])).first() if found else None
    if article is not None:
        ArticleUse.objects.note(Ticket.objects.get(pk=news.ticket_id), article, How.READ, by=None)


@on(ContactMerged)
def visits_go_along(news: ContactMerged) -> None:
    Merging.objects.get(pk=news.merging_id).carry(FormVisit)


@on(ContactsParted)
def visits_go_back(news: ContactsParted) -> None:
    Merging.objects.get(pk=news.merging_id).give_back(FormVisit)
