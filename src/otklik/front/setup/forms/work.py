"""How a line gives out its work: the mode, the skills that a channel needs, how much each person takes."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Membership, Skill, Team
from otklik.desk.channels.glyphs import name_of
from otklik.desk.channels.models import Channel
from otklik.desk.routing.models import Distribution, Mode, Need

WHAT_MODES_DO = {
    Mode.MANUAL: _("a lead gives each request to somebody"),
    Mode.PULL: _("Shift N gives the one whose turn it is"),
    Mode.PUSH: _("by itself, to the ready ones who have the skills and room"),
    Mode.ROUND: _("by itself, one after another of those, whatever they have"),
}
MOST = 999


class WorkForm(forms.Form):
    mode = forms.ChoiceField(label=_("How work is given out"), choices=Mode, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, line: Team, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.row = Distribution.objects.of(line)
        self.fields["mode"].initial = self.row.mode
        self.channels = list(line.channels.filter(is_active=True).order_by("name"))
        members = line.memberships.filter(user__is_active=True).select_related("user").prefetch_related("user__skills")
        self.members = list(members.order_by("user__name"))
        self.kinds = Channel.objects.open().kinds()
        self._add_needs()
        self._add_capacity()

    def _add_needs(self) -> None:
        known = list(Skill.objects.values_list("pk", "name"))
        needed: defaultdict[int, list[int]] = defaultdict(list)
        for pk, skill in Need.objects.filter(channel__in=self.channels).values_list("channel_id", "skill_id"):
            needed[pk].append(skill)
        for channel in self.channels if known else ():
            self.fields[f"needs_{channel.pk}"] = forms.TypedMultipleChoiceField(
                label=str(channel.name),
                choices=known,
                coerce=int,
                required=False,
                initial=needed[channel.pk],
                widget=forms.CheckboxSelectMultiple,
            )

    def _add_capacity(self) -> None:
        for member in self.members:
            for kind in self.kinds:
                self.fields[_capacity(member, kind)] = forms.IntegerField(
                    label=str(member.user.name),
                    min_value=0,
                    max_value=MOST,
                    required=False,
                    initial=member.capacity.get(kind),
                    widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
                )

    @property
    def modes(self) -> list[tuple[Any, Any]]:
        """Each choice with what it means."""
        return [(option, WHAT_MODES_DO[Mode(option.data["value"])]) for option in self["mode"].subwidgets]

    @property
    def needs(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("needs_")]

    @property
    def people(self) -> Iterator[tuple[Membership, list[tuple[Any, Any]]]]:
        """(member, [(kind in words, field)])."""
        for member in self.members:
            yield member, [(name_of(kind), self[_capacity(member, kind)]) for kind in self.kinds]

    @transaction.atomic
    def save(self) -> None:
        told = self.cleaned_data
        self.row.mode = told["mode"]
        self.row.save(update_fields=["mode"])
        Distribution.objects.forget()
        for channel in self.channels:
            wanted = set(told.get(f"needs_{channel.pk}", ()))
            Need.objects.filter(channel=channel).exclude(skill__in=wanted).delete()
            rows = [Need(channel=channel, skill_id=skill) for skill in wanted]
            Need.objects.bulk_create(rows, ignore_conflicts=True)
        for member in self.members:
            chosen = {kind: told.get(_capacity(member, kind)) for kind in self.kinds}
            member.capacity = {kind: most for kind, most in chosen.items() if most is not None}
        Membership.objects.bulk_update(self.members, ["capacity"])


def _capacity(member: Membership, kind: str) -> str:
    return f"capacity_{member.pk}_{kind}"
