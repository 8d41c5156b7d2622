"""The levels of one person, and what a line needs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Ability, Level, Requirement, Skill, Team, User
from otklik.core.staff.models.skill import LONGEST, MOST_PEOPLE

MOST = 200
"""So many skills can be named: a page shows all of them, and somebody has to confirm each."""


class LevelsForm(forms.Form):
    """One choice for each skill that is known; to save it is to confirm all of them on this day."""

    def __init__(self, person: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.person, self.skills = person, list(Skill.objects.all())
        known = dict(Ability.objects.filter(user=person).values_list("skill_id", "level"))
        for skill in self.skills:
            self.fields[f"skill-{skill.pk}"] = forms.TypedChoiceField(
                label=skill.name, choices=_levels(), coerce=int, initial=known.get(skill.pk, Level.NONE)
            )

    @transaction.atomic
    def save(self) -> int:
        """How many levels changed or were confirmed."""
        told = self.cleaned_data
        return sum(Ability.objects.say(self.person, one, told[f"skill-{one.pk}"]) for one in self.skills)


class NeedsForm(forms.Form):
    """For each skill the level and the number of people; without a level the line does not need it."""

    name = forms.CharField(
        label=_("New skill"), required=False, max_length=LONGEST, help_text=_("a language, a product, a kind of work")
    )

    def __init__(self, team: Team, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.team, self.skills = team, list(Skill.objects.all())
        known = {one.skill_id: one for one in Requirement.objects.filter(team=team)}
        for skill in self.skills:
            need = known.get(skill.pk)
            self.fields[f"level-{skill.pk}"] = forms.TypedChoiceField(
                label=_("level"), choices=[(0, _("not needed")), *_levels()[1:]], coerce=int,
                initial=need.level if need else 0,
            )  # fmt: skip
            self.fields[f"people-{skill.pk}"] = forms.IntegerField(
                label=_("people"), min_value=1, max_value=MOST_PEOPLE, initial=need.people if need else 2
            )
            self.fields[f"weight-{skill.pk}"] = forms.IntegerField(
                label=_("weight"), min_value=1, max_value=9, initial=need.weight if need else 1
            )

    @property
    def rows(self) -> list[tuple[Skill, Any, Any, Any]]:
        return [
            (one, self[f"level-{one.pk}"], self[f"people-{one.pk}"], self[f"weight-{one.pk}"]) for one in self.skills
        ]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].replace("\0", "").split())
        if name and Skill.objects.filter(name__iexact=name).exists():
            raise ValidationError(_now("This skill is here already."))
        if name and len(self.skills) >= MOST:
            raise ValidationError(
                _now("There are %(most)s skills already: nobody could confirm more.") % {"most": MOST}
            )
        return name

    @transaction.atomic
    def save(self) -> None:
        """Leads of the line one after the other: the last word counts."""
        Team.objects.select_for_update(no_key=True).get(pk=self.team.pk)
        told = self.cleaned_data
        if told["name"]:  # the same name may come from another line at the same moment
            made, _new = Skill.objects.get_or_create(name=told["name"])
            Requirement.objects.get_or_create(team=self.team, skill=made)
        for one in self.skills:
            level, people, weight = (told[f"{name}-{one.pk}"] for name in ("level", "people", "weight"))
            if not level:
                Requirement.objects.filter(team=self.team, skill=one).delete()
                continue
            kept = Requirement.objects.filter(team=self.team, skill=one).first()
            kept = kept or Requirement(team=self.team, skill=one)
            if (kept.pk, kept.level, kept.people, kept.weight) != (kept.pk or 0, level, people, weight):
                kept.level, kept.people, kept.weight = level, people, weight
                kept.save()


def _levels() -> list[tuple[int, Any]]:
    return [(level.value, f"{level.value} · {level.label}") for level in Level]
