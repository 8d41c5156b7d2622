"""An incident on the status page: public words, written apart from ours, and what of the service it concerns."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from otklik.care.incidents.models import Incident
from otklik.care.incidents.severity import Severity
from otklik.care.incidents.states import State as Step
from otklik.care.status.access import may_write
from otklik.care.status.models import Component, Report
from otklik.care.status.models.report import LONGEST, LONGEST_TITLE, Said
from otklik.care.status.speaking import in_both
from otklik.care.status.states import FAULT_CHOICES, State
from otklik.core.staff.models import Organisation
from otklik.core.ui.forms import Refusable
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.front.workspace.door import person
from otklik.front.workspace.incidents.door import back, incident_of, may_publish
from otklik.front.workspace.reactions import STAGES


class PublicForm(Refusable):
    """The title may stay empty: then it is made of the components and their state, in both languages."""

    components = forms.ModelMultipleChoiceField(
        Component.objects.none(), label=gettext_lazy("What it concerns"), widget=forms.CheckboxSelectMultiple
    )
    state = forms.ChoiceField(label=gettext_lazy("How it is"), choices=FAULT_CHOICES, widget=forms.RadioSelect)
    text_ru = forms.CharField(
        label=gettext_lazy("Text in Russian"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody reads it: name no client and no person."),
    )
    text_en = forms.CharField(
        label=gettext_lazy("Text in English"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Without it readers of English get the Russian one."),
    )
    title_ru = forms.CharField(
        label=gettext_lazy("Title in Russian"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("Empty: what it concerns, and how it is."),
    )
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=LONGEST_TITLE, required=False)

    def __init__(self, incident: Incident, *arguments: Any, **details: Any) -> None:
        russian = Organisation.objects.current().language == "ru"
        begun = {
            "text_ru" if russian else "text_en": incident.affects,
            "state": State.DOWN if incident.severity <= Severity.S1 else State.PARTIAL,
        }
        super().__init__(*arguments, **{**details, "initial": begun})
        self.fields["components"].queryset = Component.objects.in_order()  # type: ignore[attr-defined]
        self.fields["components"].widget.attrs["class"] = "column"

    @property
    def title(self) -> Said:
        told = self.cleaned_data
        given = Said(told["title_ru"], told["title_en"])
        if not given.is_empty:
            return given
        state = State(told["state"])

        def say() -> str:
            names = ", ".join(one.name for one in told["components"] if one.is_shown)
            if not names:  # of what stands on the page there is nothing to say: the title is asked for
                return ""
            return (_("%(components)s: %(state)s") % {"components": names, "state": state.label})[:LONGEST_TITLE]

        return in_both(say)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """One press puts it there: what clients notice is written already, and what it concerns is chosen."""
    incident, user = incident_of(request, number), person(request)
    if not may_publish(user, incident):
        raise PermissionDenied
    if Report.objects.filter(incident=incident.pk).exists() or not incident.goes_on:
        return back(incident)
    form = PublicForm(incident, request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            Report.objects.publish(
                form.title,
                Said(told["text_ru"], told["text_en"]),
                told["components"],
                told["state"],
                by=user,
                began_at=incident.started_at,
                incident=incident.pk,
                affected=incident.clients_affected() or None,
                stage=STAGES[Step(incident.state)],
            )
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            return back(incident, _("It stands on the status page. What you write to its clients follows."), request)
    context = {
        "incident": incident,
        "form": form,
        "title": _("Put it on the status page"),
        "act": _("Put it on the page"),
        "lead": _("Everybody reads these words. The title and the words of the incident itself stay with us."),
        "none": not Component.objects.exists(),
        "may_write": may_write(user),
    }
    return show(request, "workspace/incidents/public.html", context, status=422 if form.errors else 200)
