"""A board, a tile, and what a ready-made board is of."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.front.board.access import lines_of
from otklik.front.board.own.choices import narrowings, topics
from otklik.team.boards.access import lines_to_share_with
from otklik.team.boards.models import Board, Form, Narrowed, Shared, Tile
from otklik.team.boards.period import Span
from otklik.team.boards.ready import RECIPES
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import Group
from otklik.team.metrics.layer.naming import sides_of


class NarrowedForm(forms.Form):
    """A line and one value of another side, for a board or a tile."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line"), required=False)
    only = forms.ChoiceField(label=_("Only"), required=False, help_text=_("A topic stands without those below it."))

    def __init__(self, user: User, *arguments: Any, of: Narrowed | None = None, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.user = user
        lines = {team.pk for team in lines_of(user)} | ({of.team_id} if of and of.team_id else set())
        self.fields["team"].queryset = Team.objects.filter(pk__in=lines)  # type: ignore[attr-defined]
        self.fields["team"].empty_label = gettext("All lines that the reader sees")  # type: ignore[attr-defined]
        self.fields["only"].choices = narrowings(user, of)  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """As the verbs of boards and tiles take it."""
        side, _sign, key = self.cleaned_data["only"].partition(":")
        return {
            **{name: value for name, value in self.cleaned_data.items() if name != "only"},
            "side": side,
            "key": key,
        }

    def refuse(self, error: Refused) -> None:
        self.add_error(error.field if error.field in self.fields else None, error.text)


class BoardForm(NarrowedForm):
    name = forms.CharField(label=pgettext_lazy("of a board", "Name"), max_length=80)
    span = forms.ChoiceField(label=_("Period"), choices=Span)
    present = forms.BooleanField(
        label=_("Show the present moment above the tiles"),
        required=False,
        help_text=_("How many clients wait, the longest wait, and who is here."),
    )
    shared = forms.ChoiceField(label=_("Who sees it"), choices=Shared, required=False)
    shared_with = forms.ModelChoiceField(
        Team.objects.none(), label=_("Which line sees it"), required=False, empty_label="—"
    )
    field_order = ("name", "span", "team", "only", "present", "shared", "shared_with")

    def __init__(self, user: User, *arguments: Any, of: Board | None = None, **details: Any) -> None:
        super().__init__(user, *arguments, of=of, **details)
        offered, lines = _sharing(user, of)
        if offered == {Shared.NOBODY}:
            del self.fields["shared"], self.fields["shared_with"]
            return
        self.fields["shared"].choices = [one for one in Shared.choices if one[0] in offered]  # type: ignore[attr-defined]
        self.fields["shared_with"].queryset = Team.objects.filter(pk__in=lines)  # type: ignore[attr-defined]

    def clean_shared(self) -> str:
        return self.cleaned_data["shared"] or Shared.NOBODY

    def details(self) -> dict[str, Any]:
        told = super().details()
        if told.get("shared") != Shared.LINE and "shared_with" in told:
            told["shared_with"] = None
        return told

    @classmethod
    def begun(cls, board: Board) -> dict[str, Any]:
        own = {name: getattr(board, name) for name in ("name", "span", "present", "shared", "shared_with")}
        return {**own, "team": board.team_id, "only": _chosen(board)}


class TileForm(NarrowedForm):
    metric = forms.ChoiceField(label=_("Metric"))
    form = forms.ChoiceField(label=_("Form"), choices=Form)
    by = forms.ChoiceField(label=_("From the side"), required=False, help_text=_("For bars and tables."))
    width = forms.TypedChoiceField(
        label=_("Width"),
        coerce=int,
        choices=[(1, _("a third")), (2, _("two thirds")), (3, _("the whole width"))],
        initial=1,
    )
    field_order = ("metric", "form", "by", "team", "only", "width")

    def __init__(self, user: User, *arguments: Any, of: Tile | None = None, **details: Any) -> None:
        super().__init__(user, *arguments, of=of, **details)
        self.fields["metric"].choices = [  # type: ignore[attr-defined]
            (str(group.label), [(one.id, str(one.name)) for one in METRICS.values() if one.group == group])
            for group in Group
        ]
        sides = {"line": "", **sides_of(user)}
        self.fields["by"].choices = [("", "—"), *((side, str(label)) for side, label in sides.items())]  # type: ignore[attr-defined]

    @classmethod
    def begun(cls, tile: Tile) -> dict[str, Any]:
        own = {name: getattr(tile, name) for name in ("metric", "form", "by", "width")}
        return {**own, "team": tile.team_id, "only": _chosen(tile)}


class ReadyForm(forms.Form):
    """What a ready-made board is of: a line, a topic, or nothing."""

    line = forms.ModelChoiceField(Team.objects.none(), required=False)
    topic = forms.ChoiceField(required=False)

    def __init__(self, user: User, name: str, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.recipe = RECIPES[name]
        lines = lines_of(user)
        self.fields["line"].queryset = Team.objects.filter(pk__in=[one.pk for one in lines])  # type: ignore[attr-defined]
        self.offered = [(str(topic.pk), said) for topic, said in topics()] if self.recipe.needs == "topic" else []
        self.fields["topic"].choices = self.offered  # type: ignore[attr-defined]

    def called(self) -> str:
        """The name of the board that is begun."""
        line, topic = self.cleaned_data["line"], dict(self.offered).get(self.cleaned_data["topic"])
        return line.name if line else topic or str(self.recipe.name)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.recipe.needs == "topic" and not told.get("topic"):
            raise forms.ValidationError(gettext("Choose a topic."))
        return told


def _sharing(user: User, board: Board | None) -> tuple[set[str], set[int]]:
    """What is offered, and of which lines: only oneself always, whom one leads, and what is so now."""
    lines = {one.pk for one in lines_to_share_with(user)}
    if board and board.shared_with_id:
        lines.add(board.shared_with_id)
    offered: set[str] = {Shared.NOBODY, board.shared if board else Shared.NOBODY}
    offered |= {Shared.LINE} if lines else set()
    offered |= {Shared.EVERYBODY} if user.sees_everything else set()
    return offered, lines


def _chosen(one: Narrowed) -> str:
    return f"{one.side}:{one.key}" if one.side else ""
