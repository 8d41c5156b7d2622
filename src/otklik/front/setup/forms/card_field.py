"""Fields of cards, and who sees what is personal on them."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Role
from otklik.desk.clients.models import CardField, PersonalFact, Secrecy
from otklik.front.setup.forms.question import QuestionForm

SEES = [
    ("open", _("sees it at once")),
    ("reason", _("sees it with a reason")),
    ("never", _("does not see it")),
]


class CardFieldForm(QuestionForm):
    class Meta:
        model = CardField
        fields = ("name", "of", "kind", "options", "hint", "is_personal", "is_active")
        labels = {
            "name": _("What is known of the client"),
            "of": _("Stands on the card of"),
            "kind": _("Kind of answer"),
            "hint": _("Hint below it"),
            "is_personal": _("Personal"),
            "is_active": _("In use"),
        }
        help_texts = {
            "kind": _("cannot be changed later, so that answers stay readable"),
            "is_personal": _("only the roles chosen under “Personal facts on cards” see it"),
            "is_active": _("out of use it leaves the cards; answers are kept"),
        }
        widgets = {
            "is_personal": forms.CheckboxInput(attrs={"role": "switch"}),
            "is_active": forms.CheckboxInput(attrs={"role": "switch"}),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        if self.instance.pk:
            self.fields["of"].disabled = True


class SecrecyForm(forms.ModelForm):
    facts = forms.MultipleChoiceField(
        label=_("Personal on every card"),
        choices=PersonalFact,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("fields of your own say it of themselves"),
    )

    class Meta:
        model = Secrecy
        fields = ("facts",)

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        for role in Role:
            self.fields[f"role_{role.value}"] = forms.ChoiceField(
                label=capfirst(str(role.label)), choices=SEES, initial=self._of(role), widget=forms.RadioSelect
            )

    def _of(self, role: Role) -> str:
        if role in self.instance.open_to:
            return "open"
        return "reason" if role in self.instance.asking else "never"

    def roles(self) -> list[forms.BoundField]:
        """One question for each role."""
        return [self[f"role_{role.value}"] for role in Role]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = {role.value: data.get(f"role_{role.value}") for role in Role}
        self.instance.open_to = [role for role, sees in said.items() if sees == "open"]
        self.instance.asking = [role for role, sees in said.items() if sees == "reason"]
        return data
