"""Data that must stay although somebody's wish or a term would let it go."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.privacy.events import HoldChanged
from otklik.desk.tickets.models import Relocation, Ticket


@dataclass(frozen=True)
class Held:
    """Numbers of all who are under a hold now, and of requests that are.

    Requests of others in which somebody who is held wrote are held with them, for their words stand there: these are
    as many as they wrote in, so the database finds them where it is asked, and no list of them goes to and fro.
    Where letters of a held request stand elsewhere by now (joined, split off, moved), `tickets` has that one too.
    """

    contacts: tuple[int, ...]
    tickets: tuple[int, ...]

    def condition(self, contact: str, ticket: str) -> Q:
        """Rows that a hold covers, by the ways to their client and their request."""
        found = Q(pk__in=[])
        if contact and self.contacts:
            found |= Q(**{f"{contact}__in": self.contacts})
        if ticket and self.tickets:
            found |= Q(**{f"{ticket}__in": self.tickets})
        if ticket and self.contacts:
            said = Message.objects.filter(contact__in=self.contacts).values("conversation")
            found |= Q(**{f"{ticket}__in": Ticket.objects.filter(conversation__in=said).order_by().values("pk")})
        return found


class HoldQuerySet(models.QuerySet["Hold"]):
    def standing(self) -> "HoldQuerySet":
        return self.filter(lifted_at=None)

    def over(self, contacts: Collection[int]) -> "HoldQuerySet":
        """On these people, or on one of their requests."""
        return self.standing().filter(Q(contact__in=contacts) | Q(ticket__contact__in=contacts))

    def beside(self, contacts: Collection[int]) -> "HoldQuerySet":
        """On others who wrote in the conversations of these people, or in whose conversations these people wrote."""
        here = Message.objects.filter(conversation__contact__in=contacts)
        there = Message.objects.filter(contact__in=contacts)
        writers = Q(contact__in=here.values("contact")) | Q(contact__in=there.values("conversation__contact"))
        met = writers | Q(ticket__conversation__in=there.values("conversation")) | Q(ticket__in=_came_from(contacts))
        return self.standing().filter(met).exclude(pk__in=self.over(contacts).values("pk"))

    def held(self) -> Held:
        rows = list(self.standing().values_list("contact", "ticket"))
        contacts, tickets = {c for c, _t in rows if c}, {t for _c, t in rows if t}
        if not rows:
            return Held((), ())
        if contacts:  # of somebody held it is what stands among letters of others now: the rest is theirs anyway
            on = Relocation.objects.standing().filter(source__contact__in=contacts)
            back = Relocation.objects.exclude(undone_at=None).filter(target__contact__in=contacts)
            tickets |= set(on.exclude(target__contact__in=contacts).values_list("target", flat=True))
            tickets |= set(back.exclude(source__contact__in=contacts).values_list("source", flat=True))
        return Held(tuple(contacts), tuple(_with_what_went_on(tickets)))


def _with_what_went_on(tickets: set[int]) -> set[int]:
    """And the requests in which letters of these stand by now; of an act that was undone, those that got them back."""
    found, last = set(tickets), set(tickets)
    while last:
        on = Relocation.objects.standing().filter(source__in=last).values_list("target", flat=True)
        back = Relocation.objects.exclude(undone_at=None).filter(target__in=last).values_list("source", flat=True)
        last = {*on, *back} - found
        found |= last
    return found


def _came_from(contacts: Collection[int]) -> set[int]:
    """Requests of anybody whose letters stand in requests of these people by now: the other way round."""
    on = Relocation.objects.standing().filter(target__contact__in=contacts).values_list("source", flat=True)
    back = Relocation.objects.exclude(undone_at=None).filter(source__contact__in=contacts)
    found: set[int] = set()
    last = {*on, *back.values_list("target", flat=True)}
    while last:
        found |= last
        on = Relocation.objects.standing().filter(target__in=last).values_list("source", flat=True)
        back = Relocation.objects.exclude(undone_at=None).filter(source__in=last)
        last = {*on, *back.values_list("target", flat=True)} - found
    return found


class Hold(models.Model):
    """A dispute, a court, an authority needs what we have of a client or of one request; `why` says which."""

    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="holds")
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, blank=True, related_name="holds")
    why = models.CharField(_("why it must stay"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    at = models.DateTimeField(default=clock.now, editable=False)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)
    lifted_at = models.DateTimeField(null=True, editable=False)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        constraints = [
            models.CheckConstraint(
                condition=Q(contact=None, ticket__isnull=False) | Q(contact__isnull=False, ticket=None),
                name="hold_of_one",
            )
        ]

    def __str__(self) -> str:
        return self.why

    @property
    def of(self) -> int | None:
        """The person whose card it stands on."""
        return self.ticket.contact_id if self.ticket else self.contact_id

    @transaction.atomic
    def put(self, *, by: User) -> None:
        """From now on nothing of it is erased.  Raises ValidationError."""
        self.by = by
        self.full_clean()
        self.save()
        self._tell(by, holds=True)

    @transaction.atomic
    def lift(self, *, by: User) -> None:
        """It may go; terms look at everything anew, since they passed over what was held."""
        from otklik.desk.privacy.models.term import Term

        if not Hold.objects.standing().filter(pk=self.pk).update(lifted_at=clock.now(), lifted_by=by):
            raise ValidationError(gettext("It was lifted already."))
        Term.objects.update(through=None)
        self._tell(by, holds=False)

    def _tell(self, by: User, *, holds: bool) -> None:
        publish(HoldChanged(hold_id=self.pk, contact_id=self.contact_id, ticket_id=self.ticket_id, holds=holds), by=by)
