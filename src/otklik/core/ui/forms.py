"""How Django's forms are drawn: every field as `.field` with label, hint and error tied to the input.

    FORM_RENDERER = "otklik.core.ui.forms.Renderer"

`{{ form }}` and `{{ form.field.as_field_group }}` then need no markup of their own.
"""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, HiddenInput, RadioSelect, Widget


class Field(BoundField):
    """A field on a page; text-like inputs get the look of `.input`."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple | HiddenInput):
            given = f"{widget.attrs.get('class', '')} {attrs.get('class', '')}".split()
            attrs["class"] = " ".join(dict.fromkeys(["input", *given]))
        return attrs

    @property
    def is_switch(self) -> bool:
        return "switch" in str(self.field.widget.attrs.get("role", ""))


class Refusable(forms.Form):
    """What was done with it may be refused."""

    def refuse(self, text: str, field: str) -> None:
        """Why, beside its field where that is on the form."""
        self.add_error(field if field in self.fields else None, text)


class Renderer(DjangoTemplates):
    """Our own form templates; widgets stay Django's."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/parts/field.html"
    bound_field_class = Field
