"""Two rows of one person become one, and can be parted again for a while."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.clients.events import ContactChanged, ContactMerged, ContactSettled, ContactsParted
from otklik.desk.clients.models.advice import Advice
from otklik.desk.clients.models.card_field import CardAnswer
from otklik.desk.clients.models.card_note import CardNote
from otklik.desk.clients.models.client_event import ClientEvent
from otklik.desk.clients.models.confirmation import Confirmation, Confirmed
from otklik.desk.clients.models.consent import Consent
from otklik.desk.clients.models.contact import FACTS, Contact
from otklik.desk.clients.models.contacted import Contacted
from otklik.desk.clients.models.identity import Identity
from otklik.desk.clients.models.key import ContactKey
from otklik.desk.clients.models.membership import Membership
from otklik.desk.clients.models.moving import Moving, fold, join_answers, join_confirmations, joined
from otklik.desk.clients.models.payment import Payment
from otklik.desk.clients.models.quiet_period import QuietPeriod
from otklik.desk.clients.models.subscription import Subscription
from otklik.desk.clients.yielding import yielding

OURS: tuple[type[models.Model], ...] = (
    *(Identity, AbuseReport, Advice, ClientEvent, Subscription, Payment),
    *(QuietPeriod, Consent, Contacted, CardNote),
)
KEPT_APART: tuple[type[models.Model], ...] = (CardAnswer, Confirmation, ContactKey, Membership, Restriction)
"""Of which both may have the same: what the winner has already stays where it was."""

type Spoken = tuple[int, frozenset[str]] | None
"""The main organisation of a person and their roles in it."""


class MergingManager(models.Manager["Merging"]):
    @yielding
    def merge(self, winner: Contact, loser: Contact, *, take: Iterable[str] = (), by: User) -> "Merging":
        """Everything of `loser` becomes `winner`'s; facts named in `take` are the loser's from now on.

        Empty facts are filled from the other side, tags are joined, notes of both stay.  Raises ValidationError when
        one of them is the other one, or was merged meanwhile, and where somebody works with them all the time.
        """
        winner, loser = _held(winner.pk, loser.pk)
        if winner.pk == loser.pk or winner.merged_into_id or loser.merged_into_id:
            raise ValidationError(_("Somebody has merged them meanwhile."))
        merging: Merging = self.model(winner=winner, loser=loser, by=by)
        merging.gather(frozenset(take))
        merging.save()
        news = ContactMerged(contact_id=winner.pk, loser_id=loser.pk, merging_id=merging.pk, value=loser.name)
        publish(news, by=by)
        publish(ContactChanged(contact_id=loser.pk, field="merged_into", value=winner.name), by=by)
        publish(ContactSettled(contact_id=winner.pk), by=by)
        merging.refresh_from_db()
        return merging


class Merging(Moving):
    """Who was merged into whom.

    The loser's row stays and points to the winner, so that old links and old letters find the way.
    """

    column = "contact"

    winner = models.ForeignKey(Contact, models.PROTECT, related_name="mergings", verbose_name=gettext_lazy("contact"))
    loser = models.ForeignKey(Contact, models.PROTECT, related_name="+", verbose_name=gettext_lazy("duplicate"))

    objects: MergingManager = MergingManager()

    class Meta:
        verbose_name = gettext_lazy("merging of clients")
        verbose_name_plural = gettext_lazy("mergings of clients")
        constraints = [
            models.UniqueConstraint(fields=["loser"], condition=Q(undone_at=None), name="merged_into_one"),
        ]

    def gather(self, take: frozenset[str]) -> None:
        """What of the clients room moves; the rooms above move theirs when they hear of it."""
        both = self.winner, self.loser
        roles, own = (_spoken(both[0]), _spoken(both[1])), (_owns(both[0]), _owns(both[1]))
        self._join_restrictions()
        self._join_organisations(keep_main="client" not in take)
        for card in reversed(both):
            CardNote.objects.keep_up([card])
        for model in OURS:
            self.carry(model)
        known = ContactKey.objects.filter(contact=self.winner).values("fingerprint")
        self.carry(ContactKey, ContactKey.objects.filter(contact=self.loser).exclude(fingerprint__in=known))
        join_answers(self, self.winner, self.loser, take)
        self._join_confirmations(take, roles, own)
        for fact in FACTS:
            if fact not in ("position", "note"):
                self.put(self.winner, fact, _outcome(self.winner, self.loser, fact, take))
        top = CardNote.objects.top_of(self.winner)
        self.put(self.winner, "note", top.text if top else "")
        since = [one.conduct_since for one in (self.winner, self.loser) if one.conduct_since]
        self.put(self.winner, "conduct_since", min(since, default=None))
        self.put(self.winner, "restricted_as", self.winner.restricted_as or self.loser.restricted_as)
        self.put(self.loser, "merged_into", self.winner)
        self._repeat_main(take)

    @yielding
    def undo(self, *, by: User) -> None:
        """Part them: exactly what moved goes back, what came since then stays.  Raises ValidationError."""
        winner, loser = _held(self.winner_id, self.loser_id)
        self.refresh_from_db()
        self.end(winner, by=by)
        self.winner, self.loser = winner, loser
        for model in (*OURS, *KEPT_APART):
            self.give_back(model)
        self.restore()
        for contact in (winner, loser):
            CardNote.objects.mirror(contact)
        news = ContactsParted(contact_id=winner.pk, loser_id=loser.pk, merging_id=self.pk, value=loser.name)
        publish(news, by=by)
        publish(ContactChanged(contact_id=loser.pk, field="parted", value=winner.name), by=by)
        for contact in (winner, loser):
            publish(ContactSettled(contact_id=contact.pk), by=by)

    def _join_restrictions(self) -> None:
        """One holds: that which lasts longer.  The other one ends now and stays where it was."""
        theirs = Restriction.objects.filter(contact__in=(self.winner, self.loser), ended_at=None)
        for shorter in theirs.order_by("-until", "pk")[1:]:
            self.put(shorter, "ended_at", clock.now())
            self.put(shorter, "ended_by", self.by)
        self.carry(Restriction)

    def _join_confirmations(self, take: frozenset[str], roles: tuple[Spoken, Spoken], own: tuple[bool, bool]) -> None:
        """`roles` are what each of them had in their main organisation before, `own` whether they had products."""
        stays = {}
        for fact in set(FACTS) & set(Confirmed):
            value = _outcome(self.winner, self.loser, fact, take)
            stays[fact] = value == getattr(self.winner, fact), value == getattr(self.loser, fact)
        ours, theirs = roles
        now = _spoken(self.winner)
        stays[Confirmed.ROLES] = now == ours, now == theirs
        has, has_too = own
        stays[Confirmed.PRODUCTS] = not has_too, not has
        join_confirmations(self, stays)

    def _join_organisations(self, *, keep_main: bool) -> None:
        """In an organisation of both they are once, with the roles of both."""
        here = {one.client_id: one for one in self.winner.memberships.current()}
        main = next((one for one in here.values() if one.is_main), None)
        theirs = list(self.loser.memberships.current().order_by("pk"))
        chosen = next((one for one in theirs if one.is_main), None)
        move_main = chosen is not None and (main is None or not keep_main)
        for one in theirs:
            self.put(one, "is_main", False)
            if twin := here.get(one.client_id):
                fold(self, twin, one)
        ended = [one.pk for one in theirs if one.left_at]
        self.carry(Membership, Membership.objects.exclude(pk__in=ended))
        if chosen is not None and move_main:
            if main is not None:
                self.put(main, "is_main", False)
            self.put(here.get(chosen.client_id, chosen), "is_main", True)

    def _repeat_main(self, take: frozenset[str]) -> None:
        main = self.winner.memberships.current().filter(is_main=True).select_related("client").first()
        if main and "position" in take and self.loser.position:
            self.put(main, "position", self.loser.position)
        position = main.position if main else _outcome(self.winner, self.loser, "position", take)
        self.put(self.winner, "client", main.client if main else None)
        self.put(self.winner, "position", position or self.winner.position or self.loser.position)


class DifferentManager(models.Manager["Different"]):
    def say(self, kind: str, one: int, other: int, *, by: User) -> None:
        """Two of a kind are not the same; said twice is said once."""
        first, second = sorted((one, other))
        if first != second:
            self.get_or_create(kind=kind, first=first, second=second, defaults={"by": by})


class Different(models.Model):
    """Somebody looked at two people or two organisations and said that they are not the same."""

    kind = models.CharField(max_length=8, choices=[("contact", "contact"), ("client", "client")])
    first = models.BigIntegerField()
    second = models.BigIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)

    objects: DifferentManager = DifferentManager()

    class Meta:
        verbose_name = gettext_lazy("different clients")
        verbose_name_plural = gettext_lazy("different clients")
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "second"], name="different_said_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="different_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} is not {self.second}"


def outcome(winner: Contact, loser: Contact) -> dict[str, Any]:
    """What is joined of both by merging, for the preview."""
    tags = _outcome(winner, loser, "tags", frozenset())
    return {"tags": tags, "note": "\n\n".join(CardNote.objects.after_merging(winner, loser))}


def _outcome(winner: Contact, loser: Contact, fact: str, take: frozenset[str]) -> Any:
    return joined(getattr(winner, fact), getattr(loser, fact), fact, take)


def _spoken(contact: Contact) -> Spoken:
    main = contact.memberships.current().filter(is_main=True).first()
    return (main.client_id, frozenset(main.roles)) if main else None


def _owns(contact: Contact) -> bool:
    return contact.subscriptions.exclude(state=Subscription.State.ENDED).exists()


def _held(winner: int, loser: int) -> tuple[Contact, Contact]:
    """Both rows, in the order of their numbers: who merges them the other way round waits.

    A letter that was recognised before holds its person until it is stored (`ContactManager.recognise`), so that
    merging waits for it and moves it too.
    """
    numbers = sorted({winner, loser})
    rows = {
        row.pk: row for row in Contact.objects.filter(pk__in=numbers).order_by("pk").select_for_update(of=("self",))
    }
    return rows[winner], rows[loser]
