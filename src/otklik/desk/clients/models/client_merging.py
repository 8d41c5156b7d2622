"""Two rows of one organisation become one, and can be parted again for a while."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ClientChanged, OrganisationMerged, OrganisationSettled, OrganisationsParted
from otklik.desk.clients.models.card_field import CardAnswer
from otklik.desk.clients.models.card_note import CardNote
from otklik.desk.clients.models.client import CLIENT_FACTS, Client
from otklik.desk.clients.models.client_event import ClientEvent
from otklik.desk.clients.models.confirmation import Confirmation, Confirmed
from otklik.desk.clients.models.contact import Contact
from otklik.desk.clients.models.contacted import Contacted
from otklik.desk.clients.models.membership import Membership
from otklik.desk.clients.models.moving import Moving, fold, join_answers, join_confirmations, joined, outdate
from otklik.desk.clients.models.payment import Payment
from otklik.desk.clients.models.quiet_period import QuietPeriod
from otklik.desk.clients.models.subscription import Subscription
from otklik.desk.clients.yielding import yielding

OURS: tuple[type[models.Model], ...] = (
    *(Contact, Subscription, Payment, ClientEvent, QuietPeriod, Contacted),
    CardNote,
)
MOVED: tuple[type[models.Model], ...] = (*OURS, CardAnswer, Confirmation, Membership)


class ClientMergingManager(models.Manager["ClientMerging"]):
    @yielding
    def merge(self, winner: Client, loser: Client, *, take: Iterable[str] = (), by: User) -> "ClientMerging":
        """All that `loser` has becomes `winner`'s; facts named in `take` are the loser's from now on.

        Raises ValidationError when one of them is the other one, or was merged meanwhile, and where somebody works
        with them all the time.
        """
        winner, loser = _held(winner.pk, loser.pk)
        if winner.pk == loser.pk or winner.merged_into_id or loser.merged_into_id:
            raise ValidationError(_("Somebody has merged them meanwhile."))
        merging: ClientMerging = self.model(winner=winner, loser=loser, by=by)
        merging.gather(frozenset(take))
        merging.save()
        publish(OrganisationMerged(winner.pk, loser_id=loser.pk, merging_id=merging.pk, value=loser.name), by=by)
        publish(ClientChanged(client_id=loser.pk, field="merged_into", value=winner.name), by=by)
        publish(OrganisationSettled(client_id=winner.pk), by=by)
        merging.refresh_from_db()
        return merging


class ClientMerging(Moving):
    """Which organisation was merged into which; the loser's row stays and points to the winner."""

    column = "client"

    winner = models.ForeignKey(
        Client, models.PROTECT, related_name="mergings", verbose_name=gettext_lazy("organisation")
    )
    loser = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=gettext_lazy("duplicate"))

    objects: ClientMergingManager = ClientMergingManager()

    class Meta:
        verbose_name = gettext_lazy("merging of organisations")
        verbose_name_plural = gettext_lazy("mergings of organisations")
        constraints = [
            models.UniqueConstraint(fields=["loser"], condition=Q(undone_at=None), name="client_merged_into_one"),
        ]

    def gather(self, take: frozenset[str]) -> None:
        """What of the clients room moves; the rooms above move theirs when they hear of it."""
        self._join_memberships()
        has, has_too = _owns(self.winner), _owns(self.loser)
        for card in (self.loser, self.winner):
            CardNote.objects.keep_up([card])
        for model in OURS:
            self.carry(model)
        join_confirmations(self, {Confirmed.PRODUCTS: (not has_too, not has)})
        join_answers(self, self.winner, self.loser, take)
        for fact in CLIENT_FACTS:
            if fact != "note":
                said = joined(getattr(self.winner, fact), getattr(self.loser, fact), fact, take)
                self.put(self.winner, fact, said)
        top = CardNote.objects.top_of(self.winner)
        self.put(self.winner, "note", top.text if top else "")
        self.put(self.winner, "restricted_as", self.winner.restricted_as or self.loser.restricted_as)
        self.put(self.loser, "merged_into", self.winner)

    @yielding
    def undo(self, *, by: User) -> None:
        """Part them: exactly what moved goes back, what came since then stays.  Raises ValidationError."""
        winner, loser = _held(self.winner_id, self.loser_id)
        self.refresh_from_db()
        self.end(winner, by=by)
        self.winner, self.loser = winner, loser
        for model in MOVED:
            self.give_back(model)
        self.restore()
        for client in (winner, loser):
            CardNote.objects.mirror(client)
        publish(OrganisationsParted(winner.pk, loser_id=loser.pk, merging_id=self.pk, value=loser.name), by=by)
        publish(ClientChanged(client_id=loser.pk, field="parted", value=winner.name), by=by)
        for client in (winner, loser):
            publish(OrganisationSettled(client_id=client.pk), by=by)

    def _join_memberships(self) -> None:
        """Whoever speaks for both speaks for one, with the roles of both."""
        ours = Membership.objects.current().filter(client=self.winner)
        twins = {one.contact_id: one for one in ours.select_related("contact")}
        doubles = list(Membership.objects.current().filter(client=self.loser, contact__in=twins).order_by("pk"))
        mixed = list[int]()
        for one in doubles:
            twin, was_main = twins[one.contact_id], one.is_main
            before = set(one.roles if was_main else twin.roles)
            self.put(one, "is_main", False)
            fold(self, twin, one)
            self.put(twin, "is_main", twin.is_main or was_main)
            if twin.is_main:
                self.put(twin.contact, "position", twin.position or twin.contact.position)
                mixed += [one.contact_id] if set(twin.roles) != before else []
        outdate(self, Confirmation.objects.filter(contact__in=mixed, fact=Confirmed.ROLES).order_by("pk"))
        self.carry(Membership, Membership.objects.exclude(pk__in=[one.pk for one in doubles]))


def client_outcome(winner: Client, loser: Client) -> dict[str, Any]:
    """What is joined of both by merging, for the preview."""
    tags = joined(winner.tags, loser.tags, "tags", frozenset())
    return {"tags": tags, "note": "\n\n".join(CardNote.objects.after_merging(winner, loser))}


def _owns(client: Client) -> bool:
    return client.subscriptions.exclude(state=Subscription.State.ENDED).exists()


def _held(winner: int, loser: int) -> tuple[Client, Client]:
    """Both rows, in the order of their numbers: who merges them the other way round waits.

    Whoever joins one of them just now (`Membership.put`) holds its row, and goes first.
    """
    found = Client.objects.filter(pk__in=sorted({winner, loser})).order_by("pk").select_for_update(of=("self",))
    rows = {row.pk: row for row in found}
    return rows[winner], rows[loser]
