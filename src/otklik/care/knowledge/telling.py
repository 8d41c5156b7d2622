"""Owners are told: of a review that is due, of what is said to be wrong and when, of an article that is theirs now."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.knowledge.access import keepers
from otklik.care.knowledge.events import ArticleOverdue
from otklik.care.knowledge.models import Article, Flag
from otklik.care.knowledge.states import State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.tickets.telling import tell

SWEPT = 200


@transaction.atomic
def tell_overdue() -> int:
    """The review date of these has come: the owner is told once; of who left nobody, that goes to the keepers."""
    found = Article.objects.to_review().filter(overdue_at=None).select_related("owner")
    rows = list(found.select_for_update(of=("self",), skip_locked=True).order_by("review_on")[:SWEPT])
    for row in rows:
        row.overdue_at = clock.now()
        _tell_review(row, [row.owner] if row.owner.is_active else keepers()[:1])
        publish(ArticleOverdue(article_id=row.pk))
    Article.objects.bulk_update(rows, ["overdue_at"])
    return len(rows)


@transaction.atomic
def tell_late() -> int:
    """The dates of these flags have passed: the owner is told once more, and one of the keepers with them."""
    found = Flag.objects.late().filter(told_late_at=None).select_related("article__owner")
    rows = list(found.select_for_update(of=("self",), skip_locked=True, no_key=True).order_by("due_at")[:SWEPT])
    keeper = keepers()[:1] if rows else []
    for row in rows:
        row.told_late_at = clock.now()
        owner = row.article.owner
        _tell_late(row, [*([owner] if owner.is_active else []), *(one for one in keeper if one.pk != owner.pk)])
    Flag.objects.bulk_update(rows, ["told_late_at"])
    return len(rows)


def tell_flag(flag: Flag) -> None:
    def say() -> str:
        told = {"number": flag.article_id, "when": words.by(flag.due_at)}
        return _("Article № %(number)s is said to be wrong: mend it or answer %(when)s") % told

    tell([flag.article.owner], say, kind=NoticeKind.TASK, about="article", about_id=flag.article_id)


def tell_settled(flag: Flag) -> None:
    def say() -> str:
        if flag.mended:
            return _("Article № %(number)s was mended as you noticed") % {"number": flag.article_id}
        if flag.article.state == State.WITHDRAWN:
            return _("Article № %(number)s, which you said is wrong, was withdrawn") % {"number": flag.article_id}
        return _("Article № %(number)s stays as it is: read why") % {"number": flag.article_id}

    tell([flag.by], say, kind=NoticeKind.TASK, about="article", about_id=flag.article_id)


def tell_given(article: Article) -> None:
    def say() -> str:
        return _("Article № %(number)s is yours to keep right") % {"number": article.number}

    tell([article.owner], say, kind=NoticeKind.TASK, about="article", about_id=article.pk)


def tell_taken_over(articles: list[Article], heir: User) -> None:
    """All at once, however many: the page of articles names them."""

    def say() -> str:
        told = {"count": len(articles)}
        return ngettext("%(count)s article is yours now", "%(count)s articles are yours now", told["count"]) % told

    tell([heir], say, kind=NoticeKind.TASK, about="article", about_id=articles[0].pk)


def _tell_late(flag: Flag, people: list[User]) -> None:
    def say() -> str:
        told = {"number": flag.article_id, "name": flag.article.owner.name}
        return _("Article № %(number)s is said to be wrong and nobody answered in time; %(name)s keeps it") % told

    tell(people, say, kind=NoticeKind.TASK, about="article", about_id=flag.article_id)


def _tell_review(article: Article, people: list[User]) -> None:
    def say() -> str:
        if article.is_draft:
            return _("Draft № %(number)s waits: publish it, or withdraw it") % {"number": article.number}
        return _("Read article № %(number)s anew: is it still right?") % {"number": article.number}

    tell(people, say, kind=NoticeKind.TASK, about="article", about_id=article.pk)
