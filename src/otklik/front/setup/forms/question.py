"""What forms of typed fields share, be they of requests or of cards."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models.question import Question
from otklik.front.setup.forms.named import Named

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


class QuestionForm(Named, forms.ModelForm):
    """A kind cannot be changed later; a choice needs something to choose; a new field comes last."""

    options = OptionsField(
        label=_("Choices"), help_text=_("one in a line; one that is taken out stays where it was chosen")
    )

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        if self.instance.pk:
            self.fields["kind"].disabled = True
        else:
            self.fields.pop("is_active")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") != Question.Kind.CHOICE:
            data["options"] = []
        elif not data.get("options") and "options" not in self.errors:
            self.add_error("options", _now("Write at least one choice."))
        return data

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is None:
            self.instance.stand_last()
        return super().save(commit)
