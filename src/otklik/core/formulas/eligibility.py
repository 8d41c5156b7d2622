"""Whether a person may be asked now (METRICS S12): the first rule that says no gives the reason."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from math import floor
from typing import Any, TypedDict

from otklik.core.formulas.business_time import WorkingTime
from otklik.core.formulas.instants import Instant, elapsed, moment
from otklik.core.formulas.timetable import WEEKDAYS
from otklik.core.formulas.wall_clock import NoWorkingTime
from otklik.core.formulas.whole import NOISE

type State = Mapping[str, Any]
type Rules = Mapping[str, Any]
type Refusal = tuple[str, datetime | None]


class Eligibility(TypedDict):
    ok: bool
    reason: str | None
    not_before: datetime | None


def survey_eligible(state: State, rules: Rules, now: Instant) -> Eligibility:
    """`{"ok", "reason", "not_before"}`; the latter where the rule knows from when it would say yes.

    State: type, automated_call, opted_out, call_consent, open_case, blackout_until, person_areas, survey_areas,
    last_any, last_same_type, account_contacts, account_asked_30d, last_refusal, sample_u (0 to 1), tz.  Rules:
    any_days, type_days (by type), account_max, account_share, refusal_days, sample_rate, quiet (from, to: when one may
    ask), business_days (names of weekdays, their numbers from Monday 0, or dates).  What is not given stops nobody.
    """
    reason, not_before = next(_refusals(state, rules, moment(now)), (None, None))
    return {"ok": reason is None, "reason": reason, "not_before": not_before}


def _refusals(state: State, rules: Rules, now: datetime) -> Iterator[Refusal]:
    """In the order of the definition; METRICS fixes it, since every reason is counted."""
    if state.get("opted_out"):
        yield "opt_out", None
    if state.get("automated_call") and not state.get("call_consent"):
        yield "no_consent", None
    if state.get("open_case"):
        yield "open_case", None
    if (until := state.get("blackout_until")) is not None and moment(until) > now:
        yield "blackout", moment(until)
    if not _in_role(state):
        yield "role", None
    if waits := _contact_caps(state, rules, now):
        yield "contact_cap", max(waits)
    if _account_is_full(state, rules):
        yield "account_cap", None
    if _over(state.get("last_refusal"), rules.get("refusal_days"), now):
        yield "recent_refusal", None
    if state.get("sample_u", 0.0) >= rules.get("sample_rate", 1.0):
        yield "sampling", None
    yield from _quiet(state, rules, now)


def _in_role(state: State) -> bool:
    """A survey without areas asks everybody."""
    wanted = state.get("survey_areas")
    return not wanted or not set(wanted).isdisjoint(state.get("person_areas") or ())


def _contact_caps(state: State, rules: Rules, now: datetime) -> list[datetime]:
    """The ends of the caps that still hold."""
    of_type = (rules.get("type_days") or {}).get(state.get("type"))
    ends = (
        _over(state.get("last_any"), rules.get("any_days"), now),
        _over(state.get("last_same_type"), of_type, now),
    )
    return [end for end in ends if end]


def _over(last: Instant | None, days: float | None, now: datetime) -> datetime | None:
    """The moment so many days after the last time, while it is still to come."""
    if last is None or not days:
        return None
    end = moment(last).astimezone(UTC) + timedelta(days=days)
    return end if elapsed(now, end) > 0 else None


def _account_is_full(state: State, rules: Rules) -> bool:
    most, share = rules.get("account_max"), rules.get("account_share") or 0.0
    if most is None:
        return False
    contacts, asked = state.get("account_contacts") or 0, state.get("account_asked_30d") or 0
    return bool(asked >= max(most, floor(share * contacts + NOISE)))


def _quiet(state: State, rules: Rules, now: datetime) -> Iterator[Refusal]:
    """Outside the hours of a business day at the person's place: postponed to the next opening."""
    if not rules.get("quiet"):
        return
    windows, days = [rules["quiet"]], rules.get("business_days", WEEKDAYS)
    hours = WorkingTime.of(
        {
            "tz": state.get("tz") or "UTC",
            "weekly": {name: windows for number, name in enumerate(WEEKDAYS) if name in days or number in days},
            "exceptions": {str(day): windows for day in days if day not in WEEKDAYS and not isinstance(day, int)},
        }
    )
    if not hours.is_open(now):
        yield "quiet_hours", _next_opening(hours, now)


def _next_opening(hours: WorkingTime, now: datetime) -> datetime | None:
    try:
        return hours.next_opening(now)
    except NoWorkingTime:
        return None
