"""A call in the story of its request: border, glyph and words say what it was."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.core.ui.chips import icon
from otklik.desk.calls.access import can_hear
from otklik.desk.calls.results import Result
from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.queries.talk import Happened


@dataclass(frozen=True)
class Spoken:
    """One call; `tone` is "", "ok" or "breach", `length` what it took in words."""

    id: int
    at: datetime
    title: str
    who: str
    length: str
    result: str
    glyph: str
    tone: str = ""
    recording: str = ""
    holder: int | None = None


def spoken_of(entry: Happened) -> Spoken | None:
    """None where the call belongs to another request by now."""
    row = entry.outcome
    if row is None:
        return None
    outward, answered, ended = row["outward"], row["answered_at"], row["ended_at"]
    missed = bool(ended and not answered)
    people = [colleague(pk) for pk in dict.fromkeys((row["answered_by_id"], row["holder_id"], *row["beside"])) if pk]
    return Spoken(
        id=row["id"],
        at=parse_datetime(row["begun_at"]) or entry.at,
        title=_title(outward, missed, answered, ended),
        who=", ".join(one.name for one in people if one),
        length=_length(row),
        result=str(Result(row["result"]).label) if row["result"] in Result else "",
        glyph="phone-end" if missed else "phone" if outward else "phone-in",
        tone="breach" if missed and not outward else "",
        recording=row["recording"],
        holder=row["holder_id"],
    )


def _title(outward: bool, missed: bool, answered: str | None, ended: str | None) -> str:
    if missed:
        return _("We called, nobody answered") if outward else _("Missed call")
    if not answered:
        return _("We are calling") if outward else _("Incoming call, it rings")
    if not ended:
        return _("They talk now")
    return _("Outgoing call") if outward else _("Incoming call")


def _length(row: dict[str, Any]) -> str:
    """How long they talked, waited and were on hold."""
    if not row["ended_at"]:
        return ""
    said = [_("talked %(span)s") % {"span": words.span(row["talked"])}] if row["answered_at"] else []
    if row["waited"]:
        said.append(_("waited %(span)s") % {"span": words.span(row["waited"])})
    if row["held"]:
        said.append(_("on hold %(span)s") % {"span": words.span(row["held"])})
    if row["by_hand"]:
        said.append(_("written down by hand"))
    return ", ".join(said)


def drawn(call: Spoken, reader: User | None) -> str:
    """As the timeline shows it; of a recording only the address, to those who may hear it."""
    time = f'<time datetime="{call.at.isoformat()}" title="{words.exact(call.at)}">{words.clock(call.at)}</time>'
    who = f'<span class="soft">{escape(call.who)}</span>' if call.who else ""
    result = f'<span class="chip">{escape(call.result)}</span>' if call.result else ""
    said = f'<p class="said">{escape(call.length)}</p>' if call.length else ""
    if call.recording and reader and can_hear(reader, call.holder):
        words_, where = escape(_("Recording")), escape(call.recording)
        said += (
            f'<p><a class="link t13" href="{where}" target="_blank" rel="noopener noreferrer">{icon("play", "s")}'
            f"{words_}</a></p>"
        )
    tone = f' data-s="{call.tone}"' if call.tone else ""
    return (
        f'<article class="callrec" id="c{call.id}"{tone}><span class="ico">{icon(call.glyph)}</span>'
        f"<header><b>{escape(call.title)}</b>{who}{time}{result}</header>{said}</article>"
    )
