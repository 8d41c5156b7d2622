"""An article is kept right: read anew, given to somebody else, withdrawn, said to be wrong."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.knowledge.access import must_own
from otklik.care.knowledge.events import ArticleGiven, ArticleReviewed, ArticleWithdrawn
from otklik.care.knowledge.models.flag import Flag
from otklik.care.knowledge.states import State
from otklik.care.knowledge.terms import EVERY, today
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from otklik.care.knowledge.models import Article


class Keeping:
    """Trait of the article."""

    state: str
    review_on: date
    reviewed_at: datetime | None
    overdue_at: datetime | None

    @transaction.atomic
    def review(self: "Article", *, by: User) -> None:  # type: ignore[misc]
        """Somebody has read it and it is right; the next time is in half a year.  Raises Conflict for a draft."""
        self.lock()
        if not self.is_published:
            raise Conflict(_("Only a published article is reviewed: publish it, or withdraw it."))
        self.was_read_anew()
        self.save(update_fields=["review_on", "reviewed_at", "overdue_at"])
        publish(ArticleReviewed(article_id=self.pk), by=by)

    def was_read_anew(self: "Article") -> None:  # type: ignore[misc]
        self.review_on, self.reviewed_at, self.overdue_at = today() + EVERY, clock.now(), None

    @transaction.atomic
    def withdraw(self: "Article", *, by: User) -> None:  # type: ignore[misc]
        """Nobody finds it any more; its versions stay, and it can be published again.  Raises Conflict."""
        self.lock()
        if self.state == State.WITHDRAWN:
            raise Conflict(_("It is withdrawn already."))
        self.state = State.WITHDRAWN
        self.edition += 1
        self.save(update_fields=["state", "edition"])
        publish(ArticleWithdrawn(article_id=self.pk), by=by)
        for flag in Flag.objects.open().filter(article=self):
            flag.close(by=by, answer=_("The article is withdrawn."), mended=False)

    @transaction.atomic
    def give(self: "Article", to: User, *, by: User | None) -> None:  # type: ignore[misc]
        """Somebody else answers for it.  Raises Invalid for who cannot."""
        must_own(to)
        self.lock()
        if self.owner_id == to.pk:
            return
        was, self.owner = self.owner_id, to
        self.overdue_at = None
        self.save(update_fields=["owner", "overdue_at"])
        publish(ArticleGiven(article_id=self.pk, owner_id=to.pk, was=was), by=by)

    def flag(self: "Article", text: str, *, by: User, ticket: Ticket | None = None) -> Flag:  # type: ignore[misc]
        """It is wrong or outdated: its owner hears of it, with a date.  Raises Invalid without words."""
        return Flag.objects.raise_about(self, text, by=by, ticket=ticket)
