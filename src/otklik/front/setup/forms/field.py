"""A field of a request: what is asked, how it is answered, with which topic."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.tickets.models import Field
from otklik.desk.tickets.models.topic import Tree
from otklik.front.setup.forms.topic import SHIFT

MOST = 100


class OptionsField(forms.CharField):
    """One choice in a line."""

    def __init__(self, **details: Any) -> None:
        super().__init__(required=False, max_length=MOST * 121, widget=forms.Textarea(attrs={"rows": 6}), **details)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        options = list(dict.fromkeys(line for line in lines if line))
        if any(len(option) > 120 for option in options):
            raise ValidationError(_now("A choice has %(most)s characters at most.") % {"most": 120})
        if len(options) > MOST:
            raise ValidationError(_now("A list has %(most)s choices at most.") % {"most": MOST})
        return options

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class FieldForm(forms.ModelForm):
    options = OptionsField(
        label=_("Choices"), help_text=_("one in a line; one that is taken out stays where it was chosen")
    )

    class Meta:
        model = Field
        fields = ("name", "kind", "topic", "options", "hint", "is_required", "is_active")
        labels = {
            "name": _("What is asked"),
            "kind": _("Kind of answer"),
            "topic": _("Asked with the topic"),
            "hint": _("Hint below it"),
            "is_required": _("Required to solve"),
            "is_active": _("In use"),
        }
        help_texts = {
            "kind": _("cannot be changed later, so that answers stay readable"),
            "topic": _("and with everything below it; answers stay when the topic changes, and come back with it"),
            "is_required": _("a request is not solved without it; refusing and closing do not ask"),
        }
        widgets = {
            "is_required": forms.CheckboxInput(attrs={"role": "switch"}),
            "is_active": forms.CheckboxInput(attrs={"role": "switch"}),
        }

    def __init__(self, *arguments: Any, tree: Tree, **details: Any) -> None:
        super().__init__(*arguments, **details)
        topics = [(topic.pk, SHIFT * level + topic.name) for level, topic in tree.walk()]
        self.fields["topic"].choices = [("", _("any topic, and without one")), *topics]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["kind"].disabled = True
        else:
            self.fields.pop("is_active")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") != Field.Kind.CHOICE:
            data["options"] = []
        elif not data.get("options") and "options" not in self.errors:
            self.add_error("options", _now("Write at least one choice."))
        return data

    def save(self, commit: bool = True) -> Field:
        if self.instance.pk is None:
            last = Field.objects.order_by("-position").first()
            self.instance.position = last.position + 1 if last else 0
        field: Field = super().save(commit)
        return field
