"""Answers that stood beside the request form while somebody wrote, and whether they were enough (METRICS Q10)."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.calls.models import Call
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message

COMES_BACK = timedelta(hours=24)
"""Whoever asks within that time after they left the form was not helped by what they read there (METRICS Q10)."""
KEPT = timedelta(days=365)
"""Then a visit is forgotten whole: figures of the form reach as far back."""
MOST_OFFERED = 50
"""So many different articles of one form are remembered."""


def digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


class FormVisitQuerySet(models.QuerySet["FormVisit"]):
    def settled(self) -> "FormVisitQuerySet":
        """What became of them is known, as far as it ever will be."""
        return self.filter(settled_at__isnull=False)


class FormVisitManager(models.Manager.from_queryset(FormVisitQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def offer(self, key: str, articles: Sequence[int], *, contact: Contact | None) -> "FormVisit":
        """Somebody has begun to write; `articles` are what stands beside the form now, none where nothing fits."""
        told = {"contact": contact, "is_known": contact is not None}
        self.bulk_create([FormVisit(digest=digest(key), **told)], ignore_conflicts=True)
        visit = self._held(key)
        assert visit is not None
        fresh = [one for one in articles if one not in visit.offered]
        visit.offered = [*visit.offered, *fresh][:MOST_OFFERED]
        visit.heard()
        return visit

    @transaction.atomic
    def opened(self, key: str, article: int) -> bool:
        """They read it there; False for what was not offered to them."""
        visit = self._held(key)
        if visit is None or article not in visit.offered:
            return False
        if article not in visit.opened:
            visit.opened = [*visit.opened, article]
        visit.heard()
        return True

    @transaction.atomic
    def helped(self, key: str) -> "FormVisit | None":
        """They say that it answered their question, and send nothing; None for a form of which nothing is known."""
        visit = self._held(key)
        if visit is not None:
            visit.helped_at = visit.helped_at or clock.now()
            visit.heard()
        return visit

    @transaction.atomic
    def sent(self, key: str) -> "FormVisit | None":
        """The request was sent after all."""
        visit = self._held(key)
        if visit is not None:
            visit.sent_at = visit.sent_at or clock.now()
            visit.heard()
        return visit

    def settle(self) -> int:
        """A day after they left: whether a known client asked again, by whichever way; then who it was is forgotten.

        Of a stranger it stays unknown.  Returns how many were settled.
        """
        now = clock.now()
        due = self.filter(settled_at=None, heard_at__lte=now - COMES_BACK)
        asked = models.Q(contact=models.OuterRef("contact")) | models.Q(contact=models.OuterRef("contact__merged_into"))
        later, until = models.OuterRef("heard_at"), models.OuterRef("heard_at") + COMES_BACK
        wrote = Message.objects.filter(asked, direction=Message.Direction.IN, automatic="", at__gt=later, at__lte=until)
        called = Call.objects.filter(asked, outward=False, begun_at__gt=later, begun_at__lte=until)
        again = models.Case(
            models.When(models.Exists(wrote) | models.Exists(called), then=True),
            default=False,
            output_field=models.BooleanField(),
        )
        known = dict(due.exclude(contact=None).annotate(again=again).values_list("pk", "again"))
        count = 0
        for value in (True, False):
            some = [pk for pk, found in known.items() if found is value]
            count += self.filter(pk__in=some).update(came_back=value, contact=None, settled_at=now)
        return count + due.filter(contact=None).update(settled_at=now)

    def forget(self) -> int:
        """Those that began longer ago than `KEPT`; returns how many."""
        return self.filter(began_at__lte=clock.now() - KEPT).delete()[0]

    def of_key(self, key: str) -> "FormVisit | None":
        return self.filter(digest=digest(key)).first()

    def _held(self, key: str) -> "FormVisit | None":
        return self.select_for_update(of=("self",)).filter(digest=digest(key)).first()


class FormVisit(models.Model):
    """One person at one request form, from their first words on.  What they typed is not kept here.

    `contact` is known of whoever came by an address that we sent them, and only until it is settled.  `came_back`:
    None where nobody can tell.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+", db_index=False)
    is_known = models.BooleanField(_("by an address that we sent"), default=False)
    began_at = models.DateTimeField(_("began to write"), default=clock.now)
    heard_at = models.DateTimeField(_("last heard of"), default=clock.now)
    offered = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("articles offered"))
    opened = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("articles opened"))
    helped_at = models.DateTimeField(_("said that it helped"), null=True)
    sent_at = models.DateTimeField(_("sent the request"), null=True)
    came_back = models.BooleanField(_("asked again within a day"), null=True)
    settled_at = models.DateTimeField(null=True)

    objects: FormVisitManager = FormVisitManager()

    class Meta:
        verbose_name = _("visit of the request form")
        verbose_name_plural = _("visits of the request form")
        indexes = [
            models.Index(fields=["began_at"], name="form_visit_began"),
            models.Index(fields=["heard_at"], name="form_visit_open", condition=models.Q(settled_at=None)),
            models.Index(fields=["contact"], name="form_visit_of", condition=models.Q(contact__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk}"

    def heard(self) -> None:
        """Kept with what has changed; whoever comes back to a form that was settled is no longer settled."""
        self.heard_at, self.settled_at = clock.now(), None
        self.save()
