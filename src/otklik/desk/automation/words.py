"""A rule in words: when it runs, if what, what it does then."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from otklik.desk.automation import facts
from otklik.desk.automation.acts import ACTS
from otklik.desk.automation.asking import Condition
from otklik.desk.automation.models import Rule, Trigger
from otklik.desk.automation.moments import DUES, EVENTS, STATES

WEEK = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)


def when_of(rule: Rule) -> str:
    match rule.trigger:
        case Trigger.EVENT:
            event = EVENTS.get(rule.what)
            return str(event.label) if event else _("an event that nothing tells of any more")
        case Trigger.DUE:
            return _moment(rule.minutes, str(DUES[rule.what].label))
        case Trigger.SINCE:
            return _("%(span)s: %(state)s") % {"span": span(rule.minutes), "state": STATES[rule.what].label}
        case _:
            days = ", ".join(str(WEEK[day]) for day in sorted(rule.days))
            time = f"{rule.at_time:%H:%M}" if rule.at_time else ""
            return _("%(days)s at %(time)s") % {"days": _("every day") if len(rule.days) == 7 else days, "time": time}


def _moment(minutes: int, what: str) -> str:
    if minutes == 0:
        return _("at the moment of %(what)s") % {"what": what}
    said = _("%(span)s before %(what)s") if minutes < 0 else _("%(span)s after %(what)s")
    return said % {"span": span(abs(minutes)), "what": what}


def span(minutes: int) -> str:
    """Days, hours and minutes, without those that are none."""
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = [
        (days, ngettext("%(count)s day", "%(count)s days", days)),
        (hours, ngettext("%(count)s hour", "%(count)s hours", hours)),
        (left, ngettext("%(count)s minute", "%(count)s minutes", left)),
    ]
    return " ".join(words % {"count": count} for count, words in parts if count) or _("at once")


def conditions_of(rule: Rule) -> list[str]:
    known = facts.facts() if rule.conditions else {}
    return [facts.said(Condition.of(one), known) for one in rule.conditions]


def acts_of(acts: list[dict]) -> list[str]:
    found = [(ACTS.get(one.get("act", "")), one) for one in acts]
    return [act.said(told) if act else _("there is no such act any more") for act, told in found]
