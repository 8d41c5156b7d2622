"""Rules and macros from plain values, checked as forms check them: what programs give."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from otklik.desk.automation import facts
from otklik.desk.automation.acts import ACTS
from otklik.desk.automation.asking import Condition
from otklik.desk.automation.models import Rule, Trigger
from otklik.desk.automation.models.rule import DAYS
from otklik.desk.automation.moments import DUES, EVENTS, STATES
from otklik.desk.tickets.errors import Invalid


def conditions(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Raises Invalid with the place to mend: `conditions.0`."""
    known = facts.facts()
    return [_condition(one, known, f"conditions.{number}") for number, one in enumerate(given)]


def acts(given: Sequence[Mapping[str, Any]], *, for_people: bool = False) -> list[dict[str, Any]]:
    """Raises Invalid with the place to mend: `acts.0.tags`."""
    return [_act(one, f"acts.{number}", for_people=for_people) for number, one in enumerate(given)]


def check_moment(rule: Rule) -> None:
    """Raises Invalid where its moment makes no sense."""
    tables: dict[str, Mapping[str, Any]] = {Trigger.EVENT: EVENTS, Trigger.DUE: DUES, Trigger.SINCE: STATES}
    if rule.trigger in tables and rule.what not in tables[rule.trigger]:
        raise Invalid(_("“%(value)s” is not on the list.") % {"value": rule.what}, "what")
    if rule.trigger == Trigger.SINCE and rule.minutes < 1:
        raise Invalid(_("At least a minute."), "minutes")
    if rule.trigger == Trigger.SCHEDULE:
        if not rule.days or not set(rule.days) <= set(DAYS):
            raise Invalid(_("Choose at least one day."), "days")
        if rule.at_time is None:
            raise Invalid(_("Write a time, such as 9:00."), "at_time")


def _condition(given: Mapping[str, Any], known: Mapping[str, facts.Fact], place: str) -> dict[str, Any]:
    fact, how = known.get(str(given.get("fact"))), str(given.get("how"))
    if fact is None:
        raise Invalid(_("“%(value)s” is not on the list.") % {"value": str(given.get("fact"))[:40]}, f"{place}.fact")
    if how not in fact.hows:
        raise Invalid(_("“%(value)s” is not on the list.") % {"value": how[:40]}, f"{place}.how")
    try:
        value = fact.read(how, _texts(given.get("value")))
    except Invalid as error:
        raise Invalid(error.text, f"{place}.value") from None
    return Condition(fact.name, how, value).as_plain()


def _act(given: Mapping[str, Any], place: str, *, for_people: bool) -> dict[str, Any]:
    act = ACTS.get(str(given.get("act")))
    if act is None or (for_people and not act.by_people):
        raise Invalid(_("“%(value)s” is not on the list.") % {"value": str(given.get("act"))[:40]}, f"{place}.act")
    try:
        return {"act": act.name, **act.read({name: _texts(value) for name, value in given.items()})}
    except Invalid as error:
        raise Invalid(error.text, f"{place}.{error.field}") from None


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
