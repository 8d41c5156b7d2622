"""What an article did in a request."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.events import ArticleUsed
from otklik.care.knowledge.states import How
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from otklik.care.knowledge.models import Article

COUNTS = (How.LINKED, How.PASTED)
"""An article that stands in an answer or a note."""
KEPT = timedelta(days=30)
"""How long words may wait in a draft."""


class UseQuerySet(models.QuerySet["ArticleUse"]):
    def with_article(self) -> "UseQuerySet":
        """Without its text."""
        return self.select_related("article").defer("article__text", "article__search")


class UseManager(models.Manager.from_queryset(UseQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def note(
        self, ticket: Ticket, article: "Article", how: How, *, by: User | None, at: datetime | None = None
    ) -> None:
        """Remembered once for each way, at its first moment, which is now unless told."""
        first = {"by": by, "at": at or clock.now()}
        use, is_new = self.get_or_create(ticket=ticket, article=article, how=how, defaults=first)
        if is_new:
            use.tell(by)

    def chosen(self, ticket: Ticket, article: "Article", *, by: User | None) -> None:
        """Its words were put into a text that is being written; nobody hears of it before that leaves."""
        self.get_or_create(ticket=ticket, article=article, how=How.CHOSEN, defaults={"by": by})

    @transaction.atomic
    def go_along(self, uses: "Iterable[ArticleUse]", ticket: Ticket) -> None:
        """The same is remembered of this request, too, all in one statement; what only waits in a draft waits anew."""
        now = clock.now()
        rows = [
            ArticleUse(
                ticket=ticket,
                article_id=use.article_id,
                how=use.how,
                by=use.by,
                at=now if use.how == How.CHOSEN else use.at,
            )
            for use in uses
        ]
        self.bulk_create(rows, ignore_conflicts=True)
        for use in rows:
            if use.how != How.CHOSEN:
                use.tell(use.by)

    def forget_unsent(self) -> int:
        """What was put into a text that never left."""
        return self.filter(how=How.CHOSEN, at__lte=clock.now() - KEPT).delete()[0]


class ArticleUse(models.Model):
    """`by` is the colleague who used it; None where the client did.  `at` is the moment of what was said with it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    article = models.ForeignKey("knowledge.Article", models.CASCADE, related_name="uses")
    how = models.CharField(max_length=6, choices=How)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"), db_index=False)
    at = models.DateTimeField(default=clock.now)

    objects: UseManager = UseManager()

    class Meta:
        verbose_name = _("use of an article")
        verbose_name_plural = _("uses of articles")
        constraints = [models.UniqueConstraint(fields=["ticket", "article", "how"], name="article_used_once_so")]
        indexes = [
            models.Index(fields=["at"], name="article_read_when", condition=models.Q(how=How.READ)),
            models.Index(fields=["at"], name="article_waits_since", condition=models.Q(how=How.CHOSEN)),
            models.Index(fields=["at"], name="article_put_in_when", condition=models.Q(how__in=("linked", "pasted"))),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.article_id} {self.how}"

    def tell(self, by: User | None) -> None:
        """The request hears of it: figures of it change."""
        publish(ArticleUsed(ticket_id=self.ticket_id, article_id=self.article_id, how=self.how), by=by)
