"""Somebody says that an article is wrong: its owner mends it or says why it is right, by a date."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.events import ArticleFlagged, FlagSettled
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from otklik.care.knowledge.models import Article

WITHIN = timedelta(days=3)
LONGEST = 1000


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> "FlagQuerySet":
        return self.filter(done_at=None)

    def late(self) -> "FlagQuerySet":
        return self.open().filter(due_at__lte=clock.now())

    def with_article(self) -> "FlagQuerySet":
        """And whose it is, without its text."""
        return self.select_related("article__owner").defer("article__text", "article__search")

    def of(self, user: User) -> "FlagQuerySet":
        """About this person's articles, the soonest first."""
        return self.with_article().filter(article__owner=user).order_by("due_at", "pk")


class FlagManager(models.Manager.from_queryset(FlagQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def raise_about(self, article: "Article", text: str, *, by: User, ticket: Ticket | None = None) -> "Flag":
        """Raises Invalid without words."""
        words = text.replace("\0", "").strip()[:LONGEST]
        if not words:
            raise Invalid(_now("Say what is wrong, so that it can be mended."), "text")
        made: Flag = self.create(article=article, ticket=ticket, text=words, by=by, due_at=clock.now() + WITHIN)
        publish(ArticleFlagged(article_id=article.pk, flag_id=made.pk), by=by)
        return made


class Flag(models.Model):
    """`ticket` is the request in which it was noticed; `answer` what its owner said, where nothing was mended."""

    article = models.ForeignKey("knowledge.Article", models.CASCADE, related_name="flags")
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("What is wrong"), max_length=LONGEST)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(_("by when"))
    told_late_at = models.DateTimeField(null=True, editable=False)
    done_at = models.DateTimeField(null=True)
    mended = models.BooleanField(default=False)
    answer = models.TextField(_("Why it is right"), max_length=LONGEST, blank=True)

    objects: FlagManager = FlagManager()

    class Meta:
        verbose_name = _("word that an article is wrong")
        verbose_name_plural = _("words that articles are wrong")
        indexes = [models.Index(fields=["due_at"], name="flag_open", condition=models.Q(done_at=None))]

    def __str__(self) -> str:
        return f"№ {self.article_id}: {self.text[:40]}"

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due_at <= clock.now()

    @transaction.atomic
    def close(self, *, by: User, answer: str, mended: bool) -> None:
        """Mended, or it is right as it stands and `answer` says why.  Raises Conflict, and Invalid without words."""
        self.refresh_from_db(from_queryset=Flag.objects.select_for_update(no_key=True))
        if self.done_at is not None:
            raise Conflict(_now("This is settled already."))
        if not mended and not answer.strip():
            raise Invalid(_now("Say why it is right as it stands."), "answer")
        self.done_at, self.mended, self.answer = clock.now(), mended, answer.replace("\0", "").strip()[:LONGEST]
        self.save(update_fields=["done_at", "mended", "answer"])
        publish(FlagSettled(article_id=self.article_id, flag_id=self.pk, mended=mended), by=by)
