"""A link of an article that chance chose: somebody else looks whether it was the right article (METRICS Q9)."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.access import may_judge
from otklik.care.knowledge.events import LinkJudged
from otklik.care.knowledge.states import Fit
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket


class LinkDraw(models.Model):
    """One week, named by its Monday: of `pool` links that many were `taken`, the same again from the same `seed`."""

    week = models.DateField(unique=True)
    seed = models.PositiveBigIntegerField()
    pool = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("draw of links")
        verbose_name_plural = _("draws of links")

    def __str__(self) -> str:
        return f"{self.week}: {self.taken} / {self.pool}"


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def open(self) -> "LinkCheckQuerySet":
        return self.filter(looked_at=None)

    def late(self) -> "LinkCheckQuerySet":
        return self.open().filter(due_at__lte=clock.now())

    def of(self, user: User) -> "LinkCheckQuerySet":
        """For this person to look at, the soonest first."""
        return self.open().filter(holder=user).order_by("due_at", "pk")

    def load_of(self, people: Collection[int]) -> Counter[int]:
        """How many each of them has to look at."""
        return Counter(self.open().filter(holder__in=people).values_list("holder", flat=True))


class LinkCheck(models.Model):
    """`linked_by` put the article in and never judges it; `holder` looks by `due_at`, whoever does is `looked_by`."""

    draw = models.ForeignKey(LinkDraw, models.PROTECT, related_name="checks", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    article = models.ForeignKey("knowledge.Article", models.CASCADE, related_name="checks")
    linked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    holder = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who looks"), db_index=False)
    due_at = models.DateTimeField(_("by when"))
    told_late_at = models.DateTimeField(null=True, editable=False)
    fit = models.CharField(max_length=6, choices=Fit, blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at a link")
        verbose_name_plural = _("looks at links")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "article"], name="link_looked_at_once"),
            models.CheckConstraint(
                condition=Q(fit="", looked_at=None, looked_by=None)
                | (~Q(fit="") & Q(looked_at__isnull=False, looked_by__isnull=False)),
                name="link_is_judged_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["holder", "due_at"], name="link_open_of", condition=Q(looked_at=None))]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.article_id} {self.fit}"

    @property
    def goes_on(self) -> Ticket:
        """The request in which it is read now: of one that was joined, where it goes on."""
        return self.ticket.merged_into or self.ticket

    def is_late(self, now: datetime) -> bool:
        return self.looked_at is None and self.due_at <= now

    @transaction.atomic
    def judge(self, fit: str, *, by: User) -> None:
        """Once more where it was a slip: the last word counts, at the moment of the first.

        Who does not see the request cannot tell.  Raises Conflict for who was not given it and for a verdict of who
        does not see, Invalid for no verdict.
        """
        self.refresh_from_db(from_queryset=LinkCheck.objects.select_for_update(no_key=True))
        if not may_judge(by, self):
            raise Conflict(_now("Whoever was given the link to look at judges it, nobody else."))
        if fit not in Fit.values:
            raise Invalid(_now("Say whether it was the right article."), "fit")
        if fit != Fit.UNSURE and not Ticket.objects.visible_to(by).filter(pk=self.goes_on.pk).exists():
            raise Conflict(
                _now("The request belongs to a line that you do not see by now: say that you cannot tell."), "fit"
            )
        self.fit, self.looked_by = fit, by
        self.looked_at = self.looked_at or clock.now()
        self.save(update_fields=["fit", "looked_by", "looked_at"])
        publish(LinkJudged(ticket_id=self.goes_on.pk, article_id=self.article_id, fit=fit), by=by)
