"""Owners are told: of a review that is due, of what is said to be wrong and when, of an article that is theirs now."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.knowledge.access import keeper
from otklik.care.knowledge.events import ArticleOverdue
from otklik.care.knowledge.models import Article, Flag, LinkCheck
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
    """The review date of these has come: the owner is told once; of who left nobody, that goes to the keeper."""
    found = Article.objects.to_review().filter(overdue_at=None).select_related("owner")
    rows = list(found.select_for_update(of=("self",), skip_locked=True).order_by("review_on")[:SWEPT])
    heir = None if all(row.owner.is_active for row in rows) else keeper()
    for row in rows:
        row.overdue_at = clock.now()
        whose = row.owner if row.owner.is_active else heir
        _tell_review(row, [whose] if whose else [])
        publish(ArticleOverdue(article_id=row.pk))
    Article.objects.bulk_update(rows, ["overdue_at"])
    return len(rows)


@transaction.atomic
def tell_late() -> int:
    """The dates of these flags have passed: the owner is told once more, and the keeper with them."""
    found = Flag.objects.with_article().late().filter(told_late_at=None)
    rows = list(found.select_for_update(of=("self",), skip_locked=True, no_key=True).order_by("due_at")[:SWEPT])
    head = keeper() if rows else None
    for row in rows:
        row.told_late_at = clock.now()
        people = {one.pk: one for one in (row.article.owner, head) if one and one.is_active}
        _tell_late(row, list(people.values()))
    Flag.objects.bulk_update(rows, ["told_late_at"])
    return len(rows)


@transaction.atomic
def tell_links_late() -> int:
    """Links that nobody looked at in time: who has them is told once of all of theirs, and the keeper with them."""
    found = LinkCheck.objects.late().filter(told_late_at=None).select_related("holder")
    rows = list(found.select_for_update(of=("self",), skip_locked=True, no_key=True).order_by("due_at")[:SWEPT])
    head = keeper() if rows else None
    for holder, some in _by_holder(rows).items():
        people = {one.pk: one for one in (holder, head) if one and one.is_active}
        _tell_links_late(holder, len(some), some[0], list(people.values()))
    for row in rows:
        row.told_late_at = clock.now()
    LinkCheck.objects.bulk_update(rows, ["told_late_at"])
    return len(rows)


def tell_links(made: list[LinkCheck]) -> None:
    """Everybody hears once of all that they look at."""
    for holder, some in _by_holder(made).items():
        _tell_links(holder, len(some), some[0])


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


def _by_holder(checks: list[LinkCheck]) -> dict[User, list[LinkCheck]]:
    found: dict[User, list[LinkCheck]] = {}
    for one in checks:
        found.setdefault(one.holder, []).append(one)
    return found


def _tell_links(holder: User, count: int, first: LinkCheck) -> None:
    def say() -> str:
        told = {"count": count, "when": words.by(first.due_at)}
        return (
            ngettext(
                "%(count)s link was drawn by chance: was it the right article? Look %(when)s",
                "%(count)s links were drawn by chance: were they the right articles? Look %(when)s",
                count,
            )
            % told
        )

    tell([holder], say, kind=NoticeKind.TASK, about="links", about_id=first.pk)


def _tell_links_late(holder: User, count: int, first: LinkCheck, people: list[User]) -> None:
    def say() -> str:
        told = {"count": count, "name": holder.name}
        return (
            ngettext(
                "%(count)s link was not looked at in time; %(name)s looks at it",
                "%(count)s links were not looked at in time; %(name)s looks at them",
                count,
            )
            % told
        )

    tell(people, say, kind=NoticeKind.TASK, about="links", about_id=first.pk)
