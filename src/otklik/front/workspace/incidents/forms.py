"""What is asked of who declares an incident, changes it, and writes to its clients."""

import uuid
from datetime import datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from otklik.care.incidents.letters import Words
from otklik.care.incidents.models import Cause, Incident
from otklik.care.incidents.models.update import LONGEST
from otklik.care.incidents.severity import Severity
from otklik.care.incidents.states import GOING_ON, State
from otklik.core.staff.models import Role, User
from otklik.core.ui.forms import Refusable

MOST_CAUSES = 30


class Moment(forms.DateTimeField):
    """In the reader's own time zone, to the minute."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _words(label: Any, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST, **more)


def _shown(value: Any) -> Any:
    return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value


class Graded(Refusable):
    levels = [(level.value, level.label, level.means) for level in Severity]


class IncidentForm(Graded):
    title = forms.CharField(label=_("What does not work"), max_length=200)
    affects = _words(_("What clients notice"), 3, help_text=_("In their words; agents answer with it until you write."))
    severity = forms.TypedChoiceField(
        label=_("Severity"), coerce=int, choices=Severity, widget=forms.RadioSelect, initial=Severity.S3
    )
    leader = forms.ModelChoiceField(User.objects.none(), label=_("Leader"), empty_label=None)
    started_at = Moment(label=_("Clients feel it since"))
    detected_at = Moment(label=_("We know of it since"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False, initial=lambda: uuid.uuid4().hex)

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["leader"].queryset = User.objects.filter(is_active=True).exclude(role=Role.QUALITY).order_by("name")  # type: ignore[attr-defined]

    def clean_key(self) -> str | None:
        return self.cleaned_data["key"] or None


class ChangeForm(IncidentForm):
    """The level has a form of its own; `ended_at` is asked for when it is over.

    A moment begins in whole minutes, as it comes back: seconds that nobody saw are no correction.
    """

    agreed = _words(
        _("What we answer now"), 4, required=False, help_text=_("Agents put it into their answers with one press.")
    )
    ended_at = Moment(label=_("Over since"))
    field_order = ("title", "affects", "agreed", "leader", "started_at", "detected_at", "ended_at")

    def __init__(self, incident: Incident, *arguments: Any, **details: Any) -> None:
        begun = {name: _shown(getattr(incident, name)) for name in self.field_order}
        super().__init__(*arguments, initial=begun, **details)
        del self.fields["severity"], self.fields["key"]
        if incident.goes_on:
            del self.fields["ended_at"]


class SeverityForm(Graded):
    severity = forms.TypedChoiceField(label=_("Severity"), coerce=int, choices=Severity, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it is less severe"), required=False, max_length=500, help_text=_("Only when you lower it.")
    )


class CloseForm(Refusable):
    """`known` are causes that were found before, `causes` new ones by their names."""

    learned = _words(_("What we learned"), 3)
    known = forms.ModelMultipleChoiceField(
        Cause.objects.none(), label=_("Causes found before"), required=False, widget=forms.CheckboxSelectMultiple
    )
    causes = forms.CharField(
        label=_("Other causes, one to a line"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Of things, not of people: “one node without a spare”. By them one sees that it happens again."),
    )
    post_mortem = forms.CharField(
        label=_("Post-mortem"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Without blame: what clients saw, why it happened, what went well, what changes, by whom and when."
        ),
    )

    def __init__(self, incident: Incident, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["post_mortem"].required = incident.needs_post_mortem
        lately = list(Cause.objects.annotate(last=Max("incidents")).order_by("-last", "-pk").values("pk")[:MOST_CAUSES])
        self.fields["known"].queryset = Cause.objects.filter(pk__in=[row["pk"] for row in lately])  # type: ignore[attr-defined]
        self.fields["known"].widget.attrs["class"] = "column"
        if not lately:
            del self.fields["known"]

    def told(self) -> dict[str, Any]:
        """As the incident takes it."""
        given = dict(self.cleaned_data)
        known = [one.name for one in given.pop("known", ())]
        return {**given, "causes": [*known, *given["causes"].splitlines()]}


class ActionForm(Refusable):
    text = forms.CharField(
        label=_("What changes"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("About us; name no client here."),
    )
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Who does it"), empty_label=None)
    due_on = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("It stays: what is put off was not done in time."),
    )

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["owner"].queryset = User.objects.filter(is_active=True).exclude(role=Role.QUALITY).order_by("name")  # type: ignore[attr-defined]


class EndForm(Refusable):
    fate = forms.ChoiceField(
        label=_("What became of it"),
        choices=[("done", pgettext_lazy("action", "done")), ("dropped", pgettext_lazy("action", "given up"))],
        widget=forms.RadioSelect,
        initial="done",
    )
    result = forms.CharField(
        label=_("What came of it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Of what is given up, why."),
    )


class UpdateForm(Refusable):
    """`key` is of this one letter, `seen` of what its author has looked at before it goes."""

    what = _words(_("What happened"), 4, required=False)
    no_news = forms.BooleanField(
        label=_("There is no news: say that we go on"), required=False, help_text=_("That is an update, too.")
    )
    doing = _words(_("What we do"), 2, required=False)
    workaround = _words(_("What helps meanwhile"), 2, required=False)
    whom = _words(_("Whom it concerns"), 2, required=False)
    state = forms.ChoiceField(label=_("How far it is now"), choices=[])
    next_at = Moment(label=_("Next update"), required=False)
    ends = forms.BooleanField(
        label=_("Resolve the requests with it"),
        required=False,
        help_text=_("Whoever answers opens theirs again, as always."),
    )
    quiet = forms.BooleanField(
        label=_("For us alone: no client gets it"),
        required=False,
        help_text=_("It keeps the next moment and the story."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, incident: Incident, *arguments: Any, **details: Any) -> None:
        begun = {"state": incident.state, "next_at": incident.usual_next(), "key": uuid.uuid4().hex}
        super().__init__(*arguments, **{**details, "initial": {**begun, "quiet": not incident.level.tells_clients}})
        states = [State(one) for one in (*GOING_ON, State.RESOLVED)]
        self.fields["state"].choices = [(one.value, one.label) for one in states]  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or uuid.uuid4().hex

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("state") == State.RESOLVED:
            told["next_at"] = None
            self.errors.pop("next_at", None)
        elif told.get("next_at") is None and "next_at" not in self.errors:
            self.add_error("next_at", gettext("Say when the clients hear from us again: a moment to come."))
        return told

    @property
    def words(self) -> Words:
        told = self.cleaned_data
        names = ("what", "whom", "doing", "workaround", "no_news", "next_at")
        return Words(**{name: told[name] for name in names})

    @property
    def seen(self) -> str:
        """A digest of what would go out: other words than those that were looked at do not leave."""
        told = self.cleaned_data
        said = [str(self.words), told["state"], str(told["quiet"]), str(told["ends"])]
        return sha256("\n".join(said).encode()).hexdigest()[:32]
