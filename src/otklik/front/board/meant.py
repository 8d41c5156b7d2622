"""A net score that hardly anybody reaches is asked about again before it becomes a target (METRICS S7)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.formulas import nps_target_feasible
from otklik.core.ui import words

USUAL = 80
"""A target above it is often a share of satisfied clients by another name."""
BEST = 100


class Meant(forms.Form):
    """Trait of a form with a `target`; its template draws `sure` once the form `asks_again`."""

    asks_again = False

    sure = forms.BooleanField(label=_("Yes, the net score itself is meant"), required=False, widget=forms.HiddenInput)

    def ask_again(self, metric: str, target: float | None) -> None:
        """For `nps` alone: says how few detractors such a target leaves, and wants a tick."""
        told: dict[str, Any] = self.cleaned_data
        if metric != "nps" or target is None or target <= USUAL:
            return
        if target > BEST:
            self.add_error("target", gettext("NPS ends at +100."))
            return
        self.asks_again = True
        self.fields["sure"].widget = forms.CheckboxInput()
        if not told.get("sure"):
            most = words.percent(nps_target_feasible(target)["max_detractor_share"], 1)
            self.add_error(
                "target",
                gettext(
                    "NPS %(target)s leaves room for at most %(most)s of dissatisfied clients, and only if nobody is in"
                    " between. If the share of promoters or of satisfied clients is meant, choose that metric; if not,"
                    " tick below."
                )
                % {"target": f"+{words.number(target, 1)}", "most": most},
            )
