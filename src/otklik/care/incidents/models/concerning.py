"""Whom an incident concerns: found, taken out, counted, and who of them is written to."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from otklik.care.incidents.events import ClientsConcerned, ClientsLeftOut
from otklik.care.incidents.models.finding import Concerned, Finding, How
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Identity, Product, Subscription
from otklik.desk.clients.models.address import Channelled
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from otklik.care.incidents.models import Incident, Update

MOST = 20_000
"""So many are found by one question: of more the question is too wide to say something true of each."""
MOST_FINDINGS = 100


class Concerning:
    """Trait of the incident."""

    @transaction.atomic
    def concern(  # type: ignore[misc]
        self: "Incident",
        how: str,
        *,
        by: User,
        why: str,
        people: "Collection[int] | QuerySet[Contact]" = (),
        organisations: "Collection[int] | QuerySet[Client]" = (),
        source: str = "",
    ) -> tuple[Finding, int]:
        """These are affected, too; returns the finding and how many it is.

        `source` is the word of ours by which they were found; names of clients stand on their cards alone.  Raises
        Conflict for who does not lead the incident and for one that is closed, Invalid without a reason, and where
        nobody or too many were found.
        """
        self.must_be_led_by(by)
        if self.is_closed:
            raise Conflict(_("The incident is closed. Declare a new one if it is there again."))
        if not why.strip():
            raise Invalid(_("Say why it concerns them."), "why")
        if self.findings.count() >= MOST_FINDINGS:
            raise Conflict(_("There are %(most)s findings already: take one out first.") % {"most": MOST_FINDINGS})
        persons = _numbers(Contact.objects.filter(merged_into=None), people)
        wholes = _numbers(Client.objects.filter(merged_into=None), organisations)
        if not persons and not wholes:
            raise Invalid(_("Nobody is found by this."), _FIELDS[How(how)])
        if len(persons) + len(wholes) > MOST:
            raise Invalid(
                _("These are more than %(most)s: ask for something narrower.") % {"most": MOST}, _FIELDS[How(how)]
            )
        finding = Finding.objects.create(incident=self, how=how, source=source[:200], why=why.strip()[:500], by=by)
        rows = [
            *(Concerned(finding=finding, contact_id=pk) for pk in persons),
            *(Concerned(finding=finding, client_id=pk) for pk in wholes),
        ]
        Concerned.objects.bulk_create(rows, batch_size=1000)
        publish(ClientsConcerned(incident_id=self.pk, finding_id=finding.pk, how=how, count=len(rows)), by=by)
        return finding, len(rows)

    def concern_by_product(  # type: ignore[misc]
        self: "Incident", product: Product, *, by: User, why: str
    ) -> tuple[Finding, int]:
        """Who has the product now."""
        had = Subscription.objects.filter(product=product).exclude(state=Subscription.State.ENDED)
        people = Contact.objects.filter(pk__in=had.filter(contact__isnull=False).values("contact"))
        wholes = Client.objects.filter(pk__in=had.filter(client__isnull=False).values("client"))
        return self.concern(How.PRODUCT, by=by, why=why, people=people, organisations=wholes, source=product.name)

    def concern_by_tag(self: "Incident", tag: str, *, by: User, why: str) -> tuple[Finding, int]:  # type: ignore[misc]
        """Whose card has it, of people and of organisations."""
        word = tag.strip().strip("#")
        tagged = {"tags__contains": [word]}
        people, wholes = Contact.objects.filter(**tagged), Client.objects.filter(**tagged)
        return self.concern(How.TAG, by=by, why=why, people=people, organisations=wholes, source=word)

    @transaction.atomic
    def leave_out(self: "Incident", finding: Finding, *, by: User) -> int:  # type: ignore[misc]
        """It was a mistake, or does not concern them after all; what they were told stays told.  Returns how many."""
        self.must_be_led_by(by)
        if self.is_closed:
            raise Conflict(_("The incident is closed: whom it concerned stays as it is."))
        count = finding.concerned.count()
        told = ClientsLeftOut(incident_id=self.pk, how=finding.how, count=count, why=finding.why)
        finding.delete()
        publish(told, by=by)
        return count

    @property
    def concerned(self: "Incident") -> "QuerySet[Concerned]":  # type: ignore[misc]
        present = Q(contact__merged_into=None, client__merged_into=None)
        return Concerned.objects.filter(present, finding__incident=self)

    def unheard(self: "Incident", missed: Collection[int] = ()) -> "QuerySet[Contact]":  # type: ignore[misc]
        """Of those whom it concerns, the people to write to: no update reaches them in a request that goes on in it.

        Of an organisation that is whoever can be written to, wrote to us last, else is known longest; nobody where one
        of its people has such a request.  `missed` are requests in which an update does not reach their client.
        """
        standing = self.affected.filter(stands=True).exclude(ticket__in=missed).values("ticket")
        asked = Ticket.objects.open().filter(pk__in=standing, merged_into=None)
        wholes = self._wholes().exclude(client__in=_known(asked, "contact__client"))
        turned_away = Ticket.objects.filter(pk__in=missed).values("contact")
        chosen = _to_write_to(self._named(), _voices(wholes, Contact.objects.all(), turned_away))
        return chosen.exclude(Exists(asked.filter(contact=OuterRef("pk"))))

    def passed_over(self: "Incident", update: "Update") -> "QuerySet[Contact]":  # type: ignore[misc]
        """Whom else to write to when its letters have left: whom it concerned as it was begun, and none has reached.

        Somebody's request has ended since, somebody belongs to another organisation, letters to them come back.
        """
        reached = update.told.filter(state__in=("waiting", "sent"))
        heard = Contact.objects.filter(
            Q(pk__in=reached.values("contact")) | Q(pk__in=reached.values("ticket__contact")),
        )
        asked_already = update.told.exclude(state="left_out", why="elsewhere")
        others = Contact.objects.exclude(pk__in=_known(asked_already, "contact"))
        begun = {"finding__at__lte": update.at}
        wholes = self._wholes().filter(**begun).exclude(client__in=_known(heard, "client"))
        arriving = Identity.objects.filter(kind=Channelled.EMAIL, failed_at=None).values("contact")
        chosen = _to_write_to(self._named().filter(**begun), _voices(wholes, others.filter(pk__in=arriving)))
        return chosen.filter(pk__in=others.values("pk")).exclude(pk__in=heard.values("pk"))

    def without_request(self: "Incident") -> "tuple[QuerySet[Contact], QuerySet[Client]]":  # type: ignore[misc]
        """Whom it concerns and who never had a request in it: people, and organisations as a whole of whom we know
        somebody.  People of such an organisation are part of it, whoever of them is written to.
        """
        theirs = Ticket.objects.filter(pk__in=self.affected.values("ticket"))
        somebody = Contact.objects.filter(client=OuterRef("pk"), merged_into=None)
        wholes = Client.objects.filter(Exists(somebody), pk__in=self._wholes().values("client"))
        wholes = wholes.exclude(Exists(theirs.filter(contact__client=OuterRef("pk"))))
        people = Contact.objects.filter(pk__in=self._named().values("contact"), merged_into=None)
        people = people.exclude(Exists(theirs.filter(contact=OuterRef("pk"))))
        return people.exclude(Exists(wholes.filter(pk=OuterRef("client")))), wholes

    def clients_affected(self: "Incident") -> int:  # type: ignore[misc]
        """Organisations and people of none: whom it was said to concern, and whoever has a request in it."""
        theirs = Ticket.objects.filter(pk__in=self.affected.values("ticket")).values("contact")
        people = Contact.objects.filter(Q(pk__in=self._named().values("contact")) | Q(pk__in=theirs))
        wholes = self._wholes().values("client")
        organisations = Client.objects.filter(Q(pk__in=wholes) | Q(pk__in=_known(people, "client")))
        return organisations.count() + people.filter(client=None).count()

    def _named(self: "Incident") -> "QuerySet[Concerned]":  # type: ignore[misc]
        return self.concerned.filter(contact__isnull=False)

    def _wholes(self: "Incident") -> "QuerySet[Concerned]":  # type: ignore[misc]
        return self.concerned.filter(client__isnull=False)


_FIELDS = {How.PRODUCT: "product", How.TAG: "tag", How.LIST: "list", How.HAND: "names"}


def _to_write_to(named: "QuerySet[Concerned]", voices: "QuerySet[Contact]") -> "QuerySet[Contact]":
    chosen = Q(pk__in=named.values("contact")) | Q(pk__in=voices.values("pk"))
    return Contact.objects.filter(chosen, merged_into=None)


def _voices(
    wholes: "QuerySet[Concerned]", people: "QuerySet[Contact]", turned_away: Any = ()
) -> "QuerySet[Contact, Any]":
    """One of these people for each organisation; of two who can be written to rather not one of `turned_away`."""
    wrote = Ticket.objects.filter(contact=OuterRef("pk"), merged_into=None).order_by("-pk").values("pk")[:1]
    arrives = Identity.objects.filter(contact=OuterRef("pk"), kind=Channelled.EMAIL, failed_at=None)
    return (
        people.filter(client__in=wholes.values("client"), merged_into=None)
        .annotate(
            arrives=Exists(arrives), wrote=Subquery(wrote), away=Case(When(pk__in=turned_away, then=1), default=0)
        )
        .order_by("client", "-arrives", "away", F("wrote").desc(nulls_last=True), "pk")
        .distinct("client")
    )


def _known(rows: "QuerySet[Any]", column: str) -> "QuerySet[Any, Any]":
    """The organisations of these, none of them NULL: NOT IN would find nothing."""
    return rows.filter(**{f"{column}__isnull": False}).values(column)


def _numbers(present: "QuerySet[Any]", asked: Any) -> list[int]:
    """Of those that are there: one more than may be, so that too many are seen to be too many."""
    if isinstance(asked, QuerySet):
        asked = asked.values("pk")
    elif not asked:
        return []
    return list(present.filter(pk__in=asked).order_by("pk").values_list("pk", flat=True)[: MOST + 1])
