"""A data panel: what is asked where, what is told, who sees it."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.staff.models import Role, Team
from otklik.desk.automation.models import Panel
from otklik.desk.tickets.models import Topic
from otklik.front.setup.forms.called import ADDRESS_HELP, CalledForm, address_input

SHIFT = "\u2003"
LEAST, MOST = 120, 900


class DataPanelForm(CalledForm):
    tells = forms.MultipleChoiceField(
        label=_("What the program is told"),
        choices=Panel.Tells,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "the number of the request and our number of the client are always told; for a page of the program what is"
            " chosen stands in its address, which logs may keep"
        ),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles that see it"),
        choices=Role,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("none chosen: all"),
    )
    lines = forms.MultipleChoiceField(
        label=_("Lines that see it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("none chosen: all; whoever sees the whole department belongs to each"),
    )

    class Meta:
        model = Panel
        fields = Panel.SET
        labels = {
            "name": _("Name of the panel"),
            "kind": _("What the panel shows"),
            "url": _("Address"),
            "topic": _("Only at requests on"),
            "clients": _("Only at clients"),
            "on_cards": _("Also on the client's card"),
            "on_organisations": _("Also on the page of an organisation"),
            "opens": _("Unfolded at once"),
            "height": _("Height of the page, in pixels"),
            "is_active": _("On"),
        }
        help_texts = {
            "url": ADDRESS_HELP,
            "on_cards": _("a card has no topic: a panel of one topic stands only at requests"),
            "on_organisations": _("the program is told the organisation and no person"),
            "opens": _("otherwise the program is asked when somebody unfolds the panel"),
            "height": _("of a page of the program; data take the room that they need"),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "url": address_input(),
            "on_cards": forms.CheckboxInput(attrs={"role": "switch"}),
            "on_organisations": forms.CheckboxInput(attrs={"role": "switch"}),
            "opens": forms.CheckboxInput(attrs={"role": "switch"}),
            "is_active": forms.CheckboxInput(attrs={"role": "switch"}),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["lines"].choices = [  # type: ignore[attr-defined]
            (str(line.pk), line.name) for line in Team.objects.active()
        ]
        tree = Topic.objects.tree()
        self.fields["topic"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("which topics", "all topics")),
            *((topic.pk, SHIFT * level + topic.name) for level, topic in tree.offered(self.instance.topic_id)),
        ]
        self.fields["height"].validators += [MinValueValidator(LEAST), MaxValueValidator(MOST)]

    def clean_lines(self) -> list[int]:
        """Those that were chosen; a line that is shut meanwhile stays, so that the panel opens to nobody else."""
        offered = {int(pk) for pk, _name in self.fields["lines"].choices}  # type: ignore[attr-defined]
        shut = [pk for pk in self.initial.get("lines") or [] if pk not in offered]
        return [*map(int, self.cleaned_data["lines"]), *shut]


class SampleForm(forms.Form):
    """Which request a panel is tried with."""

    ticket = forms.IntegerField(label=_("Number of a request"), min_value=1, max_value=2**63 - 1)
