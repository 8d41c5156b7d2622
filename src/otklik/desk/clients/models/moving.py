"""One row becomes another one, and can be parted from it for a while: what moves is remembered by its numbers."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models.card_field import CardAnswer
from otklik.desk.clients.models.confirmation import HOLDS, Confirmation
from otklik.desk.clients.models.membership import Membership

UNDOABLE = timedelta(days=30)


class Moving(models.Model):
    """Which row was merged into which, and exactly what moved: by this it is given back.

    A model of this kind has `winner` and `loser`; `column` is how tables name the key to such a row.
    """

    column: ClassVar[str]
    winner_id: int
    loser_id: int

    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=gettext_lazy("by"), db_index=False)
    at = models.DateTimeField(gettext_lazy("when"), default=clock.now)
    moved = models.JSONField(default=dict, editable=False)
    """Numbers of the rows by the table that points to the loser."""
    changed = models.JSONField(default=list, editable=False)
    """Values that were set: table, number, field, before, after."""
    undone_at = models.DateTimeField(gettext_lazy("parted"), null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.loser_id} into {self.winner_id}"

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and clock.now() < self.until

    @property
    def until(self) -> Any:
        return self.at + UNDOABLE

    def carry(self, model: type[models.Model], rows: "models.QuerySet[Any] | None" = None, *, column: str = "") -> None:
        """Rows of the loser, all or these, become the winner's; which ones is remembered."""
        column = column or self.column
        table = model._default_manager.all() if rows is None else rows
        theirs = table.filter(**{column: self.loser_id}).order_by("pk").select_for_update()
        numbers = list(theirs.values_list("pk", flat=True))
        if numbers:
            model._default_manager.filter(pk__in=numbers).update(**{column: self.winner_id})
            self.moved[model._meta.label] = numbers
            if self.pk:
                self.save(update_fields=["moved"])

    def give_back(self, model: type[models.Model], *, column: str = "") -> None:
        """What moved and is still the winner's goes back; what somebody gave to a third one stays there."""
        column = column or self.column
        moved = model._default_manager.filter(pk__in=self.moved.get(model._meta.label, []))
        moved.filter(**{column: self.winner_id}).update(**{column: self.loser_id})

    def end(self, winner: Any, *, by: User) -> None:
        """It holds no more.  Raises ValidationError where it is too late."""
        if not self.can_be_undone:
            raise ValidationError(_("It is undone already, or 30 days are over."))
        if winner.merged_into_id:
            raise ValidationError(_("They were merged with somebody else since then; undo that first."))
        self.undone_at, self.undone_by = clock.now(), by
        self.save(update_fields=["undone_at", "undone_by"])

    def put(self, row: models.Model, name: str, value: object) -> None:
        """Set one value and remember what it was."""
        before = told(row, name)
        setattr(row, name, value)
        after = told(row, name)
        if before != after:
            row.save(update_fields=[name])
            self.changed.append([row._meta.label, row.pk, name, before, after])

    def restore(self) -> None:
        """Values as they were, the last one first; what somebody changed since then stays as they left it."""
        for label, number, name, before, after in reversed(self.changed):
            row = apps.get_model(label)._default_manager.filter(pk=number).first()
            if row is not None and told(row, name) == after:
                field: Any = row._meta.get_field(name)
                setattr(row, field.attname, _read(field, before))
                with suppress(IntegrityError), transaction.atomic():  # another one has taken its place since then
                    row.save(update_fields=[name])


def fold(mover: Moving, twin: Membership, one: Membership) -> None:
    """Two memberships of one person in one organisation are one, with what is known of both; the other one ends."""
    for field in ("position", "area", "may_ask"):
        mover.put(twin, field, getattr(twin, field) or getattr(one, field))
    mover.put(twin, "roles", list(dict.fromkeys((*twin.roles, *one.roles))))
    mover.put(one, "left_at", clock.now())


def join_answers(mover: Moving, winner: Any, loser: Any, take: frozenset[str]) -> None:
    """To a field of the company both may have an answer: the winner's stays, unless the loser's was chosen."""
    ours = {one.field_id: one for one in CardAnswer.objects.of(winner)}
    for one in CardAnswer.objects.of(loser).select_related("field").filter(field__in=ours):
        if one.field.place in take:
            mover.put(ours[one.field_id], "value", one.value)
    mover.carry(CardAnswer, CardAnswer.objects.exclude(field__in=ours))


def join_confirmations(mover: Moving, stays: Mapping[str, tuple[bool, bool]]) -> None:
    """By the fact, whether what it says from now on is what the winner's card said, and whether it is what the loser's
    did: it is as sure as it was there.  Of what is neither, as of what has parts of both, nobody made sure.
    """
    ours, theirs = (
        {one.fact: one for one in Confirmation.objects.filter(**{mover.column: holder}).select_related("by")}
        for holder in (mover.winner_id, mover.loser_id)
    )
    goes_along = [fact for fact, (_is_ours, is_theirs) in stays.items() if is_theirs and fact not in ours]
    for fact, (is_ours, is_theirs) in stays.items():
        if fact in ours and not is_ours:
            if is_theirs and fact in theirs:
                mover.put(ours[fact], "at", theirs[fact].at)
                mover.put(ours[fact], "by", theirs[fact].by)
            else:
                outdate(mover, [ours[fact]])
    mover.carry(Confirmation, Confirmation.objects.filter(fact__in=goes_along))


def outdate(mover: Moving, rows: Iterable[Confirmation]) -> None:
    """They hold no more; so long ago, not gone, so that parting brings them back."""
    for row in rows:
        mover.put(row, "at", row.at - HOLDS)


def joined(ours: Any, theirs: Any, fact: str, take: frozenset[str]) -> Any:
    """What one fact says after merging: tags of both, else ours, or theirs where it was taken or ours is empty.

    Notes of both stay, each by itself (`CardNoteQuerySet.after_merging`).
    """
    if fact == "tags":
        return list(dict.fromkeys((*ours, *theirs)))
    first, second = (theirs, ours) if fact in take else (ours, theirs)
    return second if first in ("", None) else first


def told(row: models.Model, name: str) -> str | None:
    field: Any = row._meta.get_field(name)
    if isinstance(field, models.JSONField):
        return json.dumps(getattr(row, name), sort_keys=True)
    return None if getattr(row, field.attname) is None else str(field.value_to_string(row))


def _read(field: Any, said: str | None) -> Any:
    """The value behind what `told` made of it."""
    if said is None:
        return None
    return json.loads(said) if isinstance(field, models.JSONField) else field.to_python(said)
