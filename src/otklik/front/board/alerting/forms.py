"""An alert in plain words: what is watched, when it rings, whom it tells."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Membership, Role, Team, User
from otklik.desk.channels.glyphs import name_of
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Product
from otklik.desk.sla.models import ServiceClass
from otklik.desk.tickets.models import Topic
from otklik.front.board.access import lines_of
from otklik.front.board.measured.telling import FACTORS
from otklik.team.alerts.access import may_hear
from otklik.team.alerts.models import Alert
from otklik.team.alerts.models.alert import FEWEST_USUAL, LEAST_WEEKS, MOST, MOST_WEEKS
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import Group, Metric, Unit
from otklik.team.metrics.layer.naming import SIDES, names, sides_of
from otklik.team.metrics.sureness import HIDDEN

WATCHED = {
    name: metric
    for name, metric in METRICS.items()
    if metric.group != Group.PAST and (metric.closed or not metric.is_private)
}
"""What another desk did changes no more; of a closed one its owner alone is told."""
LARGEST = 1_000_000
MANY = 300
"""So many values of one side are offered."""
FIELDS = ("name", "metric", "team", "kind", "way", "days", "weeks", "fewest", "whom")
OF_NO_LINE = _("Incidents belong to no line: who looks at the whole department watches this figure for all lines.")
OF_ALL_CLIENTS = _(
    "Cards are of all clients, whatever the line: who looks at the whole department watches this figure for all lines."
)


class AlertForm(forms.Form):
    """`bound` is told as the screen shows the metric: minutes, per cent, points; `only` is "channel:email"."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("So the notice begins."))
    metric = forms.ChoiceField(label=_("Metric"))
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line"), required=False)
    only = forms.ChoiceField(label=_("Only a part"), required=False)
    kind = forms.ChoiceField(
        label=_("Rings by"), choices=Alert.Kind, widget=forms.RadioSelect, initial=Alert.Kind.THRESHOLD
    )
    way = forms.ChoiceField(label=_("When the figure goes"), choices=Alert.Way, initial=Alert.Way.ABOVE)
    bound = forms.FloatField(
        label=_("Bound"),
        required=False,
        min_value=-100,
        max_value=LARGEST,
        help_text=_("Durations in minutes, shares in per cent, marks in points."),
    )
    days = forms.TypedChoiceField(
        label=_("Over which time"),
        coerce=int,
        choices=Alert.Days,
        initial=Alert.Days.DAY,
        help_text=_("Days are looked at when they are over; what stands now, every five minutes."),
    )
    weeks = forms.IntegerField(
        label=_("With how many weeks before it is compared"),
        required=False,
        min_value=LEAST_WEEKS,
        max_value=MOST_WEEKS,
        initial=8,
    )
    fewest = forms.IntegerField(
        label=_("Smallest sample"),
        min_value=HIDDEN,
        max_value=LARGEST,
        initial=FEWEST_USUAL,
        help_text=_(
            "With fewer readings it says nothing. A count needs none, unless it is compared with weeks before."
        ),
    )
    whom = forms.ChoiceField(label=_("Whom it tells"), choices=Alert.Whom, widget=forms.RadioSelect, initial="owner")
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Whom exactly"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.user, fields = user, self.fields
        lines = [team.pk for team in lines_of(user)]
        team: Any = fields["team"]
        team.queryset = Team.objects.filter(pk__in=lines)
        team.empty_label = gettext("All lines") if user.sees_everything else None
        team.required = not user.sees_everything
        fields["metric"].choices = list(_metrics())  # type: ignore[attr-defined]
        fields["only"].choices = [("", gettext("the whole line")), *self._parts()]  # type: ignore[attr-defined]
        fields["people"].queryset = _people(lines)  # type: ignore[attr-defined]
        if (owner := self.initial.get("owner", user)) != user:
            whom = [(value, owner.name if value == Alert.Whom.OWNER else label) for value, label in Alert.Whom.choices]
            fields["whom"].choices = whom  # type: ignore[attr-defined]

    def _parts(self) -> Iterator[tuple[str | LazyText, list[tuple[str, str]]]]:
        """What the person may choose, and what is chosen although they could not choose it anew: somebody who left."""
        chosen, found = self.initial.get("only", ""), list(_parts(self.user))
        yield from found
        if chosen and not any(chosen == value for _side, some in found for value, _name in some):
            side, _colon, key = chosen.partition(":")
            yield str(SIDES[side]), [(chosen, names(side, [key])[key])]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (metric := WATCHED.get(told.get("metric", ""))) is None:
            return told
        if metric.records or metric.cards:
            self._check_records(told, metric)
        if told.get("kind") == Alert.Kind.ANOMALY:
            self._leave_out("bound", "days")
            self._check_anomaly(told, metric)
        else:
            self._leave_out("weeks")
            self._check_threshold(told, metric)
        if told.get("whom") != Alert.Whom.CHOSEN:
            self._leave_out("people")
        elif "people" not in self.errors:
            self._check_people(told)
        return told

    def _leave_out(self, *names: str) -> None:
        """What the chosen kind does not ask for, and the page does not show, is no mistake."""
        for name in names:
            self.errors.pop(name, None)

    def _check_records(self, told: dict[str, Any], metric: Metric) -> None:
        """What records do not know cannot be watched, and nobody is told of what they may not know."""
        if told.get("only"):
            self.add_error("only", gettext("This figure is not known of a part: choose the whole line."))
        if told.get("team") and not metric.knows("line"):
            self.add_error("team", OF_ALL_CLIENTS if metric.cards else OF_NO_LINE)
        if metric.has_readers and told.get("whom") not in (None, Alert.Whom.OWNER):
            said = gettext("Not everybody may know of this figure: it is counted for you and told to you.")
            self.add_error("whom", said)

    def _check_anomaly(self, told: dict[str, Any], metric: Metric) -> None:
        if metric.stands:
            self.add_error("kind", gettext("What stands now has no weekdays to compare: name a bound."))
        if told.get("weeks") is None and "weeks" not in self.errors:
            self.add_error("weeks", gettext("Say with how many weeks it is compared."))
        told["days"], told["bound"] = Alert.Days.DAY, None

    def _check_threshold(self, told: dict[str, Any], metric: Metric) -> None:
        bound = told.get("bound")
        told["weeks"] = told.get("weeks") or 8
        if bound is None and "bound" not in self.errors:
            self.add_error("bound", gettext("Say beyond which figure it rings."))
        elif bound is not None and metric.unit != Unit.NET and bound < 0:
            self.add_error("bound", gettext("This figure is never below zero."))
        elif bound is not None and metric.unit in (Unit.SHARE, Unit.NINES) and bound > 100:
            self.add_error("bound", gettext("A share is 100 per cent at most."))
        if told.get("way") == Alert.Way.EITHER:
            self.add_error("way", gettext("A bound is passed to one side: choose above or below."))
        if metric.stands:
            told["days"] = Alert.Days.NOW
        elif told.get("days") == Alert.Days.NOW:
            self.add_error("days", gettext("This figure is of days: choose one, 7 or 28 of them."))

    def _check_people(self, told: dict[str, Any]) -> None:
        people = list(told.get("people") or ())
        if not people:
            self.add_error("people", gettext("Tick at least one person."))
        asked = Alert(team=told.get("team"))
        members = Membership.objects.filter(user__in=people, team=asked.team).values_list("user", flat=True)
        lines = {pk: {asked.team_id or 0} for pk in members}
        strangers = [one.name for one in people if not may_hear(one, asked, lines.get(one.pk, set()))]
        if strangers:
            said = gettext("They do not look at these figures: %(names)s.") % {"names": ", ".join(strangers)}
            self.add_error("people", said)

    def alert(self, alert: Alert) -> Alert:
        """The alert as the form says it, not saved."""
        told = self.cleaned_data
        for name in FIELDS:
            setattr(alert, name, told[name])
        factor = FACTORS.get(METRICS[told["metric"]].unit, 1.0)
        alert.bound = None if told["bound"] is None else round(told["bound"] / factor, 9)
        alert.side, _colon, alert.key = told["only"].partition(":")
        return alert

    def save(self, alert: Alert) -> bool:
        """False when there are too many; the form says so."""
        told, people = self.alert(alert), []
        if told.whom == Alert.Whom.CHOSEN:
            people = list(self.cleaned_data["people"])
        if told.pk:
            told.change(people, by=self.user)
        elif Alert.objects.in_use().count() >= MOST:
            self.add_error(None, gettext("There are %(most)s alerts already: take one away first.") % {"most": MOST})
            return False
        else:
            told.make(people, by=self.user)
        return True

    @classmethod
    def begun(cls, alert: Alert) -> dict[str, Any]:
        """What an alert says now, to begin with."""
        factor = FACTORS.get(alert.measured.unit, 1.0)
        told = {name: getattr(alert, name) for name in FIELDS}
        told["bound"] = None if alert.bound is None else f"{round(alert.bound * factor, 6):.12g}"
        only = f"{alert.side}:{alert.key}" if alert.side else ""
        kept = {"team": alert.team_id, "only": only, "people": list(alert.people.all()), "owner": alert.owner}
        return {**told, **kept}


def _metrics() -> Iterable[tuple[str, list[tuple[str, str]]]]:
    for group in Group:
        some = [(name, str(metric.name)) for name, metric in WATCHED.items() if metric.group == group]
        if some:
            yield str(group.label), some


def _people(lines: Iterable[int]) -> Any:
    """Who leads one of these lines, or looks at the whole department."""
    whole = Q(role__in=(Role.HEAD, Role.QUALITY, Role.ADMIN))
    leads = Q(role=Role.LEAD, memberships__team__in=list(lines))
    return User.objects.filter(whole | leads, is_active=True).distinct().order_by("name", "pk")


def _parts(user: User) -> Iterable[tuple[str | LazyText, list[tuple[str, str]]]]:
    """Sides with their values, of those that the person may look from."""
    allowed = sides_of(user)
    for side, values in PARTS.items():
        some = [(f"{side}:{key}", name) for key, name in values(user)] if side in allowed else []
        if some:
            yield str(SIDES[side]), some


def _rows(rows: Any) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in rows.order_by("name", "pk").values_list("pk", "name")[:MANY]]


def _kinds(user: User) -> list[tuple[str, str]]:
    return [(kind, name_of(kind)) for kind in Channel.objects.kinds()]


def _agents(user: User) -> list[tuple[str, str]]:
    rows = User.objects.filter(is_active=True, memberships__team__in=lines_of(user)).distinct()
    return _rows(rows)


PARTS: dict[str, Callable[[User], list[tuple[str, str]]]] = {
    "channel": _kinds,
    "agent": _agents,
    "topic": lambda user: _rows(Topic.objects.all()),
    "class": lambda user: _rows(ServiceClass.objects.all()),
    "product": lambda user: _rows(Product.objects.all()),
}
"""Organisations are no side of an alert: sums of days do not know them."""
