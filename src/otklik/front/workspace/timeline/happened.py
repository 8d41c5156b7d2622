"""Entries of the journal in words.  The doer stands before the phrase, so the phrase needs no gender."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.queries.talk import Happened
from otklik.front.workspace.timeline import decided, handed, marked, moved, planned, ruled, turned
from otklik.front.workspace.timeline.calls import Spoken, spoken_of
from otklik.front.workspace.timeline.saying import Phrase, reason_of


@dataclass(frozen=True)
class Event:
    """One line of the timeline; `state` colours it, a `card` stands open below it.

    `number` is another request that the phrase names; `relocation` what moved messages and may be undone.
    `unnamed` is what somebody reads who may not see the other request, "" where the phrase is for everybody.
    One that `stands` is read at once and never folded with others.
    """

    id: int
    at: datetime
    glyph: str
    phrase: str
    who: str = ""
    state: str = ""
    card: "Card | None" = None
    number: int | None = None
    relocation: int | None = None
    unnamed: str = ""
    stands: bool = False
    call: "Spoken | None" = None

    def told_to(self, seen: Container[int]) -> str:
        """The phrase for a reader who may see these requests."""
        return self.unnamed if self.unnamed and self.number not in seen else self.phrase


@dataclass(frozen=True)
class Card:
    """A solution or a refusal, as it was recorded."""

    kind: str
    title: str
    text: str
    offers: list[str]
    link: str = ""


def event_of(entry: Happened, now: datetime) -> Event | None:
    """None for entries that say nothing of their own."""
    if entry.kind == "calls.CallStands":
        spoken = spoken_of(entry)
        return (
            Event(entry.id, spoken.at, "phone", spoken.title, spoken.who, stands=True, call=spoken) if spoken else None
        )
    told = _phrase(entry, now)
    if told is None:
        return None
    glyph, phrase, state = told
    who = _doer(entry)
    if "other_id" in entry.data:
        unnamed = moved.tied(entry, _("another request"))
        return Event(entry.id, entry.at, glyph, phrase, who, number=entry.data["other_id"], unnamed=unnamed)
    if "relocation_id" not in entry.data:
        upset = entry.kind.endswith("ClientUpset")
        return Event(entry.id, entry.at, glyph, phrase, who, state, _card(entry), stands=upset)
    stands = entry.kind.endswith("MessagesRelocated")
    return Event(
        entry.id,
        entry.at,
        glyph,
        phrase,
        who,
        number=moved.other_of(entry.data),
        relocation=entry.data["relocation_id"] if stands else None,
        unnamed=moved.relocated_somewhere(entry.data) if stands else moved.undone_somewhere(entry.data),
    )


def _doer(entry: Happened) -> str:
    """A person, or the rule that did it."""
    if doer := colleague(entry.actor_id):
        return doer.name
    return _("Rule “%(name)s”") % {"name": entry.rule} if entry.rule else ""


def _phrase(entry: Happened, now: datetime) -> Phrase | None:
    """In the words of the room whose matter it is."""
    kind = entry.kind.rpartition(".")[2]
    return (
        planned.phrase(kind, entry.data, now)
        or decided.phrase(kind, entry.data, now)
        or handed.phrase(kind, entry, now)
        or turned.phrase(kind, entry, now)
        or marked.phrase(kind, entry.data)
        or moved.phrase(kind, entry)
        or ruled.phrase(kind, entry.data)
    )


def _card(entry: Happened) -> Card | None:
    outcome = entry.outcome or {}
    if not outcome or outcome.get("taken_back") or "address" in outcome:
        return None
    if entry.kind.endswith("TicketResolved"):
        summary, link = outcome["summary"].strip(), outcome["link"]
        return Card("ok", _("What helped"), summary, [], link) if summary or link else None
    title = _("Why: %(reason)s") % {"reason": reason_of(outcome["reason"])}
    return Card("refused", title, outcome["explanation"], list(outcome["alternatives"]))
