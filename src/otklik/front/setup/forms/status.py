"""The status page: what stands on it, how it is checked, by what it is counted."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.status.models import Check, Component, Group, StatusPolicy, Target
from otklik.desk.clients.models import Product
from otklik.desk.sla.models import ServiceClass

MOST_TIERS = 10


class TiersField(forms.CharField):
    """One on a line: `99.9 = 0`, with a point or a comma."""

    widget = forms.Textarea(attrs={"rows": 4, "inputmode": "decimal"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{least:g} = {share:g}" for least, share in value)
        return value

    def clean(self, value: Any) -> list[list[float]]:
        rows = [line for line in super().clean(value).splitlines() if line.strip()]
        try:
            told = [[float(_number(part)) for part in row.split("=")] for row in rows]
        except InvalidOperation:
            told = []
        if not told or len(told) > MOST_TIERS or any(len(row) != 2 for row in told):
            raise forms.ValidationError(
                _now("Write each on a line of its own, the highest availability first, as in “99.9 = 0”.")
            )
        return told


def _number(text: str) -> Decimal:
    number = Decimal(text.strip().rstrip("%").strip().replace(",", "."))
    if not number.is_finite():
        raise InvalidOperation
    return number


class StatusPolicyForm(forms.ModelForm):
    tiers = TiersField(
        label=_("What a breach gives back"),
        help_text=_("Availability of the month at least, and the share of the fee, per cent."),
    )

    class Meta:
        model = StatusPolicy
        fields = (
            *("is_open", "speaks_itself", "about_ru", "about_en", "slow", "partial"),
            *("notice_hours", "works_hours", "tiers", "cap"),
        )
        widgets = {
            "is_open": forms.CheckboxInput(attrs={"role": "switch"}),
            "speaks_itself": forms.CheckboxInput(attrs={"role": "switch"}),
            "about_ru": forms.Textarea(attrs={"rows": 2}),
            "about_en": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "is_open": _("Anybody may read the page"),
            "speaks_itself": _("What checks find stands there at once"),
        }
        help_texts = {
            "speaks_itself": _("in general words of ours that name nothing but the component"),
        }


class GroupForm(forms.ModelForm):
    class Meta:
        model = Group
        fields = ("name_ru", "name_en", "place")


class ComponentForm(forms.ModelForm):
    """With a field for the target of each class of service."""

    class Meta:
        model = Component
        fields = ("group", "name_ru", "name_en", "place", "product", "target", "since", "is_shown")
        widgets = {
            "is_shown": forms.CheckboxInput(attrs={"role": "switch"}),
            "since": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
        labels = {"is_shown": _("Stands on the page")}
        help_texts = {
            "product": _("By it is known whom an outage concerns, and what it gives back."),
            "since": _("Before that nothing is told of it."),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["product"].queryset = Product.objects.offered(self.instance.product_id)  # type: ignore[attr-defined]
        self.fields["group"].empty_label = None  # type: ignore[attr-defined]
        known = {} if not self.instance.pk else dict(self.instance.targets.values_list("service_class", "target"))
        self.classes = list(ServiceClass.objects.order_by("rank", "name")[:20])
        for one in self.classes:
            field: Any = Target._meta.get_field("target").formfield(required=False)
            field.label, field.initial = one.name, known.get(one.pk)
            self.fields[f"class_{one.pk}"] = field

    @property
    def of_classes(self) -> list[Any]:
        return [self[f"class_{one.pk}"] for one in self.classes]

    def save(self, commit: bool = True) -> Component:
        saved: Component = super().save(commit)
        for one in self.classes:
            target = self.cleaned_data[f"class_{one.pk}"]
            if target is None:
                Target.objects.filter(component=saved, service_class=one).delete()
            else:
                Target.objects.update_or_create(component=saved, service_class=one, defaults={"target": target})
        return saved


class CheckForm(forms.ModelForm):
    class Meta:
        model = Check
        fields = ("kind", "address", "tells", "every", "misses_needed", "hits_needed", "is_on")
        widgets = {"kind": forms.RadioSelect, "is_on": forms.CheckboxInput(attrs={"role": "switch"})}
        help_texts = {
            "address": _(
                "https://… for a page, host:port for a port. What lies inside of your network, and other ports than "
                "80 and 443, are allowed by OTKLIK_EGRESS_ALLOW."
            ),
        }

    @transaction.atomic
    def save(self, commit: bool = True) -> Check:
        """Switched off, or asked about something else: what it said before is over.  What it has found meanwhile stays:
        only what stands on the form is kept from it.
        """
        if not self.instance.pk:
            made: Check = super().save(commit)
            return made
        held = Check.objects.select_for_update().get(pk=self.instance.pk)
        asked = self.instance.kind, self.instance.address
        if (held.is_on and not self.instance.is_on) or (held.kind, held.address) != asked:
            held.stop()
        self.instance.save(update_fields=self._meta.fields)
        return Check.objects.select_related("component").get(pk=held.pk)
