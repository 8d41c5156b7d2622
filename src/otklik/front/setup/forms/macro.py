"""A macro: acts under one name, and a text for the answer."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.automation.acts import ACTS, FOR_PEOPLE
from otklik.desk.automation.models import Macro
from otklik.front.setup.forms.named import Named
from otklik.front.setup.forms.rows import ActRow, Growing, act_rows, next_number, rearranged

OFFERED = [name for name in ACTS if name in FOR_PEOPLE]


class MacroForm(Named, Growing):
    class Meta:
        model = Macro
        fields = ("name", "about", "team", "text", "is_active")
        labels = {
            "name": _("Name of the macro"),
            "about": _("What it is for"),
            "team": _("Line"),
            "text": _("Text for the answer"),
            "is_active": _("In use"),
        }
        help_texts = {
            "team": _("people of this line see it; without one, everybody"),
            "text": _("stands in the composer for a person to finish; places such as {{client}} are filled in"),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "is_active": forms.CheckboxInput(attrs={"role": "switch"}),
        }

    def __init__(self, data: QueryDict | None, instance: Macro | None) -> None:
        super().__init__(data, instance=instance)
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            ("", _("everybody's")),
            *((line.pk, line.name) for line in Team.objects.active()),
        ]
        if data is not None:
            self.acts = act_rows(data, OFFERED)
        else:
            kept = instance.acts if instance else [{"act": "tag"}]
            self.acts = [_act_row(number, one) for number, one in enumerate(kept)]

    def rearrange(self, do: str) -> None:
        self.is_judged = False
        self.acts = rearranged(self.acts, do, "then", ActRow(next_number(self.acts), OFFERED, "tag"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.told_acts = [row.read() for row in self.acts]
        if None in self.told_acts:
            self.add_error(None, _now("Some lines have to be mended."))
        elif not self.acts and not (data.get("text") or "").strip():
            self.add_error(None, _now("A macro does something or says something: add an act or a text."))
        return data

    def keep(self, by: User) -> Macro:
        macro: Macro = self.instance
        macro.acts, macro.changed_by, macro.changed_at = [one for one in self.told_acts if one], by, clock.now()
        macro.save()
        return macro


def _act_row(number: int, plain: dict[str, Any]) -> ActRow:
    given = {name: str(value) for name, value in plain.items() if name != "act"}
    return ActRow(number, OFFERED, plain.get("act", ""), given)
