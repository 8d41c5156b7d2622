"""Moves of a request from person to person and from line to line, without those that were taken back as slips."""

from collections.abc import Iterable

from otklik.core.journal.models import Entry

MOVES = ("tickets.TicketAssigned", "tickets.TicketSentBack")


def moved(entries: Iterable[Entry]) -> list[Entry]:
    """All of its story, in order: a slip and its way back are two."""
    return [one for one in entries if one.kind in MOVES]


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """Those of its story that stand, in order: a slip is as if it had not been, and its way back is no move."""
    found: list[Entry] = []
    for one in moved(entries):
        if not one.data.get("slip"):
            found.append(one)
            continue
        undone = next((place for place in reversed(range(len(found))) if _undoes(one, found[place])), None)
        if undone is not None:
            del found[undone]
    return found


def _undoes(back: Entry, move: Entry) -> bool:
    line = (move.data["team_id"], move.data["team_was"])
    if line[0] != line[1]:
        return bool((back.data["team_was"], back.data["team_id"]) == line)
    same_line = back.data["team_was"] == back.data["team_id"]
    return same_line and bool((back.data["was"], back.data["owner_id"]) == (move.data["owner_id"], move.data["was"]))
