"""A field of a request: what is asked, how it is answered, with which topic."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.desk.tickets.models import Field
from otklik.desk.tickets.models.topic import Tree
from otklik.front.setup.forms.question import QuestionForm
from otklik.front.setup.forms.topic import SHIFT


class FieldForm(QuestionForm):
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
