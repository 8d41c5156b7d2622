"""Results of a survey in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.care.surveys import marks
from otklik.care.surveys.beside import Found
from otklik.care.surveys.figures import Difference, Reckoned
from otklik.care.surveys.models import Answer, Invitation, Score
from otklik.care.surveys.resembling import Group, Turn
from otklik.care.surveys.results import Bias, Result, Scope
from otklik.care.surveys.scales import SCALES, Kind
from otklik.core.ui import words
from otklik.desk.channels.glyphs import name_of
from otklik.front.board.measured.telling import signed
from otklik.team.metrics.sureness import HIDDEN, status_of

WHY_NOT: dict[str, str | Promise] = {
    "sampling": gettext_lazy("not drawn"),
    "open": gettext_lazy("the request was open again"),
    "ended": gettext_lazy("the survey had ended"),
    "address": gettext_lazy("their address takes no letter of a program now"),
    "withdrawn": gettext_lazy("they do not want to be asked"),
    "declined": gettext_lazy("they did not want to answer by phone"),
    "unreached": gettext_lazy("not reached by phone, three times"),
    "not_called": gettext_lazy("nobody called them within two weeks"),
    "asked": gettext_lazy("they were asked lately"),
    "asked_kind": gettext_lazy("they had a survey of this kind lately"),
    "asked_role": gettext_lazy("enough people of their role were asked"),
    "open_case": gettext_lazy("a complaint, an incident, an escalated or an unanswered request of theirs was open"),
    "role": gettext_lazy("nobody of their role is asked by this survey"),
    "asked_client": gettext_lazy("their organisation was asked enough"),
    "quiet": gettext_lazy("they were not to be disturbed"),
    "reach": gettext_lazy("outside of their hours"),
    "house": gettext_lazy("outside of the hours for letters"),
}
LABELS: dict[str, str | Promise] = {
    Kind.CSAT5: gettext_lazy("satisfied"),
    Kind.CSAT6: gettext_lazy("satisfied"),
    Kind.CES7: gettext_lazy("found it easy"),
    Kind.CES6: gettext_lazy("found it easy"),
    Kind.NPS: gettext_lazy("NPS, points"),
    Kind.ONCE: gettext_lazy("solved at once, as clients say"),
    Kind.AREA5: gettext_lazy("mean, of 5"),
    Kind.AREA10: gettext_lazy("mean, of 10"),
}
NAMED = (Kind.CHOICE, Kind.ONCE)
"""Whose answers are words, not points."""


def why_not(code: str) -> str:
    return str(WHY_NOT.get(code, code))


def kept_back(reasons: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """Each reason with how many it kept from being asked, and its share of these; no share of fewer than five."""
    whole = sum(reasons.values())
    return [(why_not(code), n, words.percent(n / whole) if whole >= HIDDEN else "") for code, n in reasons.items()]


def number(unit: str, value: float | None) -> str:
    if value is None:
        return "—"
    return {"share": words.percent(value, 1), "net": signed(value)}.get(unit) or words.number(value, 2)


def figure(kind: str, told: Reckoned) -> dict[str, Any]:
    """A figure of fewer than five answers is not told (METRICS C1)."""
    status = status_of(told.n)
    hidden = status in ("undefined", "hidden")
    sure = ""
    if not hidden and told.lo is not None and told.hi is not None:
        low, high = number(told.unit, told.lo), number(told.unit, told.hi)
        sure = _("most likely between %(low)s and %(high)s") % {"low": low, "high": high}
    return {
        "n": told.n,
        "hidden": hidden,
        "pale": status != "ok",
        "label": LABELS.get(kind, ""),
        "value": "" if hidden or not told.unit else number(told.unit, told.value),
        "mean": number("mean", told.mean) if not hidden and kind != Kind.ONCE and told.unit in ("share", "net") else "",
        "sure": sure,
    }


def shown(row: Result) -> dict[str, Any]:
    return {
        "question": row.question,
        **figure(row.question.kind, row.told),
        "counts": [count for _label, count in row.counts],
        "names": [label for label, _count in row.counts],
        "bars": row.counts if row.question.kind in NAMED else [],
        "condition": row.question.condition(),
    }


def beside(one: Found) -> dict[str, Any]:
    """What a provider found on a scale, and how it stands to ours, where that was asked."""
    return {
        "source": one.source,
        "scale": one.label,
        **figure(one.kind, one.told),
        "counts": [one.counts[point] for point in one.points],
        "names": [str(point) for point in one.points],
        "differs": differs(one.told.unit, one.difference),
    }


def differs(unit: str, found: Difference | None) -> str:
    """Theirs against ours, in words; empty where too few answered to compare."""
    if found is None:
        return ""
    if not found.is_proven:
        return _("the difference from ours may be chance")
    by = {"share": words.number(abs(found.value) * 100, 1), "net": words.number(abs(found.value), 1)}
    told = {"by": by.get(unit) or words.number(abs(found.value), 2)}
    return (
        _("higher than ours by %(by)s points") % told
        if found.value > 0
        else _("lower than ours by %(by)s points") % told
    )


def index_of(found: Mapping[str, float | None]) -> list[tuple[str, str]]:
    told = [(SCALES[kind].most, value) for kind, value in found.items() if value is not None]
    return [(_("of %s") % most, words.number(value, 2)) for most, value in told]


def biased(bias: Bias | None) -> list[str]:
    """What a reader of the figures should know about those who did not answer."""
    if bias is None or bias.lo is None or bias.hi is None:
        return []
    said = [_within(bias, bias.lo, bias.hi)]
    if bias.weighted is not None:
        told = {"raw": number("share", bias.raw), "weighted": number("share", bias.weighted)}
        said.append(_("The lines answered unevenly: by their sizes the share is %(weighted)s, not %(raw)s.") % told)
        if bias.alike is not None:
            n = words.number(bias.alike)
            said.append(_("Weighed so, the answers say as much as %(n)s that came evenly.") % {"n": n})
    return said


def _within(bias: Bias, low: float, high: float) -> str:
    """Of yes and no the mean is the share of yes."""
    if bias.of_words:
        told = {"rate": words.percent(bias.rate), "low": words.percent(low), "high": words.percent(high)}
        return (
            _("%(rate)s answered. Whatever the others think, the share of everybody lies between %(low)s and %(high)s.")
            % told
        )
    return _(
        "%(rate)s answered. Whatever the others think, the mean of everybody lies between %(low)s and %(high)s."
    ) % {"rate": words.percent(bias.rate), "low": words.number(low, 2), "high": words.number(high, 2)}


SIDES: dict[str, str | Promise] = {
    "channel": gettext_lazy("channel"),
    "class": gettext_lazy("service class"),
    "topic": gettext_lazy("topic"),
    "agent": gettext_lazy("who answered"),
    "product": gettext_lazy("product"),
}


def resembled(found: list[Group]) -> list[str]:
    """Which groups answered otherwise than the others, or that none provably did; nothing of too few."""
    if not found:
        return []
    said = [_uneven(one) for one in sorted(found, key=lambda one: one.p) if one.stands_out]
    sides = ", ".join(dict.fromkeys(str(SIDES[one.side]) for one in found))
    return said or [
        _("No group of those who were asked provably answered more or less than the others, by: %s.") % sides
    ]


def _uneven(one: Group) -> str:
    told = {
        "side": SIDES[one.side],
        "name": name_of(one.name) if one.side == "channel" else one.name,
        "share": words.percent(one.share),
        "n": words.number(one.asked),
        "others": words.percent(one.share - one.difference.value),
    }
    return _("They answered unevenly (%(side)s): of “%(name)s” %(share)s of %(n)s, of all others %(others)s.") % told


def late_ones(turn: Turn) -> list[str]:
    """Whoever answers late resembles those who never do."""
    if turn.difference is None:
        return []
    told = _both(turn)
    if not turn.difference.is_proven:
        return [_("Early and late answers do not differ provably: %(was)s and %(now)s.") % told]
    return [
        _("Who answered after three days says otherwise: %(now)s, not %(was)s. The silent may think so, too.") % told
    ]


def changed(turn: Turn | None) -> str:
    """Against the version before; nothing where that asked something else, or too few answered."""
    if turn is None or turn.difference is None:
        return ""
    told = _both(turn)
    if not turn.difference.is_proven:
        return _("Version before: %(was)s of %(before)s; the change may be chance.") % told
    return _("Version before: %(was)s of %(before)s; the change is proven.") % told


def _both(turn: Turn) -> dict[str, str]:
    was, now = (number(one.unit, one.value) for one in (turn.was, turn.now))
    return {"was": was, "now": now, "before": words.number(turn.was.n)}


def words_of(one: Score | Answer) -> dict[str, Any]:
    """Their words, the mark beside them, and the request they are about."""
    if isinstance(one, Score):
        return {
            "words": one.comment,
            "mark": marks.short(Kind.CSAT5, one.value),
            "asked": "",
            "ticket": one.ticket_id,
            "at": one.at,
        }
    asked, ticket = one.question.words, one.invitation.ticket_id
    return {"words": one.words, "mark": _mark(one), "asked": asked, "ticket": ticket, "at": one.at}


def _mark(one: Answer) -> str | None:
    if one.question.kind in NAMED and one.value is not None:
        return dict(one.question.options).get(one.value, "")
    return None if one.value is None else marks.short(one.question.kind, one.value)


def rows_of(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """Answers as rows of a table, oldest first; read a part at a time."""
    first, source = scope.version.first, str(Invitation.Source(scope.source).label)
    marks = Score.objects.filter(scope.answered()).order_by("pk")
    for one in marks.values_list("at", "value", "comment", "ticket").iterator(2000):
        yield one[0].isoformat(), str(first or ""), one[1], one[2], one[3], source
    words = {one.pk: one for one in scope.version.asked()}
    given = Answer.objects.filter(scope.answered()).order_by("pk")
    for at, question, value, said, ticket in given.values_list(
        "at", "question", "value", "words", "invitation__ticket"
    ).iterator(2000):
        asked = words[question]
        chosen = dict(asked.options).get(value, "") if asked.kind in NAMED and value is not None else value
        yield at.isoformat(), str(asked), chosen, said, ticket, source
