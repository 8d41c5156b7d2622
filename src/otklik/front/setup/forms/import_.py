"""A file that is to be brought in, and which of its columns is what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.models import Channel
from otklik.desk.imports.kinds import fields_of
from otklik.desk.imports.models import Import
from otklik.desk.imports.preparing import Column


class ImportForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in it"), choices=Import.Kind)
    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX or JSON; the first row names the columns"))
    source = forms.SlugField(
        label=_("From which system"),
        max_length=40,
        initial="file",
        help_text=_(
            "a short name in Latin letters: by it and the identifiers of the file a second import finds what the first"
            " one made; of an independent survey it is the provider"
        ),
    )
    channel = forms.ModelChoiceField(
        label=_("Mailbox that requests belong to"),
        queryset=Channel.objects.none(),
        required=False,
        empty_label=_("the first"),
    )

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["channel"].queryset = Channel.objects.writing().order_by("id")  # type: ignore[attr-defined]


class MappingForm(forms.Form):
    """A choice for each column; none leaves it out."""

    def __init__(self, data: Any, of: Import, columns: list[Column]) -> None:
        super().__init__(data)
        fields = [("", _("leave out")), *((field.name, field.label) for field in fields_of(of.kind))]
        self.columns = columns
        for number, column in enumerate(columns):
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=column.name, choices=fields, required=False, initial=column.field
            )

    def rows(self) -> list[tuple[Any, Column]]:
        return [(self[f"c{number}"], column) for number, column in enumerate(self.columns)]

    def mapping(self) -> dict[str, str]:
        chosen = ((column.name, self.cleaned_data[f"c{number}"]) for number, column in enumerate(self.columns))
        return {name: field for name, field in chosen if field}
