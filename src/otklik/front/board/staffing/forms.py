"""What is assumed: how long things take and what is wanted.  Everything stands in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.core.formulas.chats import FACTORS
from otklik.core.staff.models import Team

USUAL: dict[str, Any] = {
    "day": "0",
    "aht": 5,
    "chat": 10,
    "at_once": 3,
    "letter": 8,
    "due": 4,
    "share": 80,
    "within": 20,
    "chat_within": 60,
    "busy": 85,
    "away": 28,
    "blocked": 1,
}
"""Where nothing was measured or agreed: minutes, hours, seconds, per cent (METRICS V22, W2, W5, W6, W8)."""
MOST_LOAD = 500.0
"""Erlangs of one hour; more are no line that is planned as one."""


def _minutes(label: Any) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=0.1, max_value=480)


class StaffingForm(forms.Form):
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line"), required=False, empty_label=_("All lines"))
    day = forms.ChoiceField(label=_("Day"), choices=[("0", _("today")), ("1", _("tomorrow"))])
    calls = forms.FloatField(
        label=_("Calls an hour"),
        required=False,
        min_value=0,
        max_value=5000,
        help_text=_("Empty: as they are expected. A number of your own answers “what if”."),
    )
    aht = _minutes(_("A call takes, minutes"))
    share = forms.IntegerField(label=_("Answered in time, %"), min_value=1, max_value=99)
    within = forms.IntegerField(label=_("In time is, seconds"), min_value=0, max_value=3600)
    busy = forms.IntegerField(label=_("Busy at most, %"), min_value=30, max_value=100)
    chat = _minutes(_("A chat takes, minutes"))
    at_once = forms.IntegerField(label=_("Chats at once"), min_value=1, max_value=len(FACTORS))
    chat_within = forms.IntegerField(label=_("A chat is answered in, seconds"), min_value=0, max_value=3600)
    letter = _minutes(_("A written request takes, minutes"))
    due = forms.IntegerField(label=_("Written ones are answered in, hours"), min_value=1, max_value=48)
    away = forms.IntegerField(
        label=_("Away, % of paid time"),
        min_value=0,
        max_value=80,
        help_text=_("Leave, illness, training, breaks, talks."),
    )
    blocked = forms.FloatField(label=_("All lines busy for at most, % of calls"), min_value=0.01, max_value=50)
    lines = forms.IntegerField(
        label=_("Telephone lines that you have"),
        required=False,
        min_value=1,
        max_value=2000,
        help_text=_("Empty: only how many are needed."),
    )

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if (asked.get("calls") or 0) * asked.get("aht", 0) / 60 > MOST_LOAD:
            self.add_error("calls", _("That would be more than 500 people who talk all the time: tell it by line."))
        return asked

    def __init__(self, asked: Any, lines: Sequence[Team], **measured: Any) -> None:
        """What the address leaves open is as measured, else as usual."""
        known = {**USUAL, **{name: value for name, value in measured.items() if value is not None}}
        super().__init__({**known, **{name: asked[name] for name in self.base_fields if asked.get(name)}})
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Team.objects.filter(pk__in=[team.pk for team in lines])
