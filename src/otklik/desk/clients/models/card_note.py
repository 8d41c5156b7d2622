"""What colleagues should know of a client, note by note; the first of the pinned ones is what matters most.

`Contact.note` and `Client.note` repeat the first pinned note: the workspace, programs and tables read it with the card.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ClientChanged, ContactChanged
from otklik.desk.clients.models.client import Client

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact

LONGEST = 4000
FIRST = ("-pinned_at", "-pk")
"""The note that was pinned last stands above the others."""
HELD = ("contact_id", "client_id", "by_id", "changed_at", "pinned_at", "archived_at", "archived_by_id")
"""What somebody else may have changed since the note was read: all but its words and when it was written."""


class CardNoteQuerySet(models.QuerySet["CardNote"]):
    def standing(self) -> "CardNoteQuerySet":
        return self.filter(archived_at=None)

    def pinned(self) -> "CardNoteQuerySet":
        return self.standing().filter(pinned_at__isnull=False).order_by(*FIRST)

    def shown(self) -> "CardNoteQuerySet":
        """Pinned ones first, then the newest."""
        return self.standing().order_by(models.F("pinned_at").desc(nulls_last=True), "-pk")

    def top_of(self, holder: "Contact | Client") -> "CardNote | None":
        return self.pinned().filter(**{_column(holder): holder.pk}).first()

    def after_merging(self, winner: "Contact | Client", loser: "Contact | Client") -> list[str]:
        """Pinned notes of both as they would stand on one card: the first one is what matters there."""
        column = f"{_column(winner)}_id"
        rows = list(self.pinned().filter(**{f"{column}__in": [winner.pk, loser.pk]}))
        tops = {getattr(one, column): one.text for one in reversed(rows)}
        texts = [one.text for one in rows]
        for card in (loser, winner):  # as `keep_up` would, where a note was written in bulk
            if card.note and tops.get(card.pk) != card.note:
                texts.insert(0, card.note)
        return list(dict.fromkeys(texts))

    def mirror(self, holder: "Contact | Client") -> None:
        """The card repeats its first pinned note."""
        type(holder)._default_manager.select_for_update(of=("self",)).get(pk=holder.pk)
        top = self.top_of(holder)
        holder.note = top.text if top else ""
        holder.save(update_fields=["note"])

    @transaction.atomic
    def say(self, holder: "Contact | Client", text: str, *, by: User) -> None:
        """What matters is this from now on.

        A note of somebody else's is not written over: it is unpinned and stays below the new one.  An empty text
        unpins.
        """
        text, top = text.strip(), self.top_of(holder)
        if top is not None and top.text == text:
            return
        if top is not None and text and top.is_written_by(by):
            top.text = text
            top.put(by=by)
        else:
            if top is not None:
                top.pin(False, by=by)
            if text:
                CardNote(**{_column(holder): holder}, text=text, pinned_at=clock.now()).put(by=by)
        self.mirror(holder)

    def keep_up(self, holders: "Iterable[Contact | Client]") -> None:
        """Cards of one kind whose note was written in bulk: each gets the note it says.  Five statements at most."""
        cards = {one.pk: one for one in holders}
        if not cards:
            return
        column = _column(next(iter(cards.values())))
        told = self.pinned().filter(**{f"{column}__in": cards})
        tops = dict(reversed([(getattr(one, f"{column}_id"), one) for one in told]))
        fresh = [one for pk, one in cards.items() if one.note and (pk not in tops or tops[pk].text != one.note)]
        now = clock.now()
        there = self.standing().filter(**{f"{column}__in": [one.pk for one in fresh]})
        known = {(holder, text): pk for pk, holder, text in there.values_list("pk", f"{column}_id", "text")}
        again = [known[one.pk, one.note] for one in fresh if (one.pk, one.note) in known]
        self.filter(pk__in=again).update(pinned_at=now)
        CardNote.objects.bulk_create(
            CardNote(**{column: one}, text=one.note, at=now, pinned_at=now)
            for one in fresh
            if (one.pk, one.note) not in known
        )
        self.filter(pk__in=[tops[pk].pk for pk, one in cards.items() if pk in tops and not one.note]).update(
            pinned_at=None
        )


class CardNote(models.Model):
    """One note of a person or of an organisation; `by` is empty where nobody knows any more who wrote it."""

    contact: models.ForeignKey["Contact | None"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, null=True, blank=True, related_name="notes", verbose_name=_("contact")
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="notes", verbose_name=_("organisation")
    )
    text = models.TextField(_("note of a card"), max_length=LONGEST)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)
    at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    pinned_at = models.DateTimeField(null=True, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)
    archived_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)

    objects = CardNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of a card")
        verbose_name_plural = _("notes of cards")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact=None, client__isnull=False) | models.Q(contact__isnull=False, client=None),
                name="card_note_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(archived_at=None) | models.Q(pinned_at=None), name="archived_note_is_not_pinned"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def holder(self) -> "Contact | Client":
        found = self.contact or self.client
        assert found is not None
        return found

    def is_written_by(self, user: User) -> bool:
        """Whether its words are theirs to change: their own, or nobody's."""
        return self.by_id is None or self.by_id == user.pk

    @transaction.atomic
    def put(self, *, by: User) -> None:
        """Keep its words, in the name of who wrote it, and nothing else: a colleague may pin it, or put it away,
        meanwhile.  Raises ValidationError for words of somebody else.
        """
        before = self._hold() if self.pk else None
        if before is not None and before.text != self.text:
            if not before.is_written_by(by):
                raise ValidationError(_("These are the words of a colleague: add a note of your own."))
            self.changed_at = clock.now()
        if before is None or before.text != self.text:
            self.by = by
        self.text = self.text.strip()
        self.full_clean()
        self.save(update_fields=["text", "by", "changed_at"] if before else None)
        self._tell("note", by)

    @transaction.atomic
    def pin(self, pinned: bool, *, by: User) -> None:
        """Above the others, the last one first; or among them again."""
        self._stand()
        if self.archived_at:
            raise ValidationError(_("It is in the archive: bring it back first."))
        self.pinned_at = clock.now() if pinned else None
        self.save(update_fields=["pinned_at"])
        self._tell("note_pinned" if pinned else "note_unpinned", by)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """Into the archive, from which it comes back; whoever put it there first has done it."""
        self._stand()
        if self.archived_at:
            return
        self.archived_at, self.archived_by, self.pinned_at = clock.now(), by, None
        self.save(update_fields=["archived_at", "archived_by", "pinned_at"])
        self._tell("note_archived", by)

    @transaction.atomic
    def bring_back(self, *, by: User) -> None:
        self._stand()
        if self.archived_at is None:
            return
        self.archived_at = self.archived_by = None
        self.save(update_fields=["archived_at", "archived_by"])
        self._tell("note_back", by)

    def _stand(self) -> None:
        """Held, and as it stands now, its words too."""
        self.text = self._hold().text

    def _hold(self) -> "CardNote":
        """The row as it stands now; nobody else changes it until the transaction ends, and what is known of it here
        is true again, but for its words.  Raises ValidationError where it is gone.
        """
        row = CardNote.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
        if row is None:
            raise ValidationError(_("This note is not there any more."))
        for name in HELD:
            setattr(self, name, getattr(row, name))
        return row

    def _tell(self, field: str, by: User) -> None:
        CardNote.objects.mirror(self.holder)
        said = {"field": field, "value": self.text[:300]}
        if self.contact_id:
            publish(ContactChanged(contact_id=self.contact_id, **said), by=by)
        elif self.client_id:
            publish(ClientChanged(client_id=self.client_id, **said), by=by)


def _column(holder: "Contact | Client") -> str:
    return holder._meta.model_name or ""
