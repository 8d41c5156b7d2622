"""Notes on the card: pinned ones first, those in the archive behind them."""

from dataclasses import replace
from typing import Any

from django.db.models import BooleanField, Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.clients.models import CardNote, PersonalFact
from otklik.front.workspace.card_forms import Holder, NoteForm
from otklik.front.workspace.card_kind import Kind, Press, Row, name_of
from otklik.front.workspace.queries.people import colleague


def _mine(held: Holder, user: User) -> Any:
    own = When(Q(by=user) | Q(by=None), then=Value(True))
    return held.notes.annotate(is_mine=Case(own, default=Value(False), output_field=BooleanField()))


def _note(one: CardNote) -> Row:
    pinned = one.pinned_at is not None
    press = Press(str(_("Unpin") if pinned else _("Pin")), "pin", is_on=pinned)
    chip = str(_("pinned")) if pinned else ""
    return Row(one.pk, one.text, _written(one), chip, "ok" if pinned else "", press=press, is_text=True)


def _archived(one: CardNote) -> Row:
    who = colleague(one.archived_by_id)
    put_away = _("in the archive since %(date)s, by %(name)s") % {
        "date": words.date_of(one.archived_at) if one.archived_at else "",
        "name": who.name if who else "—",
    }
    back = Press(str(_("Bring it back")), "undo")
    return Row(one.pk, one.text, f"{_written(one)} · {put_away}", press=back, is_text=True)


def _written(one: CardNote) -> str:
    """By whom and when; of notes that came with a table nobody knows who wrote them."""
    who = colleague(one.by_id)
    changed = _("changed on %(date)s") % {"date": words.date_of(one.changed_at)} if one.changed_at else ""
    return " · ".join(filter(None, [f"{who.name if who else '—'}, {words.date_of(one.at)}", str(changed)]))


def _archive_of(held: Holder) -> tuple[str, str] | None:
    count = held.notes.exclude(archived_at=None).count()
    return ("archive", str(_("In the archive: %(count)s") % {"count": count})) if count else None


NOTES = Kind(
    title=_("Notes"),
    add=_("Write a note"),
    end=_("Into the archive"),
    empty=_("Nobody has written anything down yet."),
    form=NoteForm,
    stored=lambda held, user: _mine(held, user).shown(),
    new=lambda held: CardNote(**{name_of(held): held}),
    row=_note,
    press=lambda one, user: one.pin(one.pinned_at is None, by=user),
    leads_to=_archive_of,
)
ARCHIVE = Kind(
    title=_("Notes in the archive"),
    add="",
    end="",
    empty=_("The archive is empty."),
    form=NoteForm,
    stored=lambda held, user: _mine(held, user).exclude(archived_at=None).order_by("-archived_at"),
    new=lambda held: CardNote(**{name_of(held): held}),
    row=_archived,
    press=lambda one, user: one.bring_back(by=user),
    is_aside=True,
    can_add=False,
)
NOTES_HIDDEN = replace(
    NOTES,
    empty="",
    stored=lambda held, user: held.notes.none(),
    leads_to=lambda held: None,
    hides=PersonalFact.NOTE.value,
    can_add=False,
    press=None,
)
"""For whom notes are hidden; who says why sees them once."""
