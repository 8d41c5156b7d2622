"""What is asked of who begins a problem, changes it, and ends it."""

import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.care.problems.models import Problem
from otklik.care.problems.models.leading import FIELDS, WORDS
from otklik.care.problems.models.problem import LONGEST_TEXT, LONGEST_TITLE, USUAL_WAKE
from otklik.care.problems.states import State
from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.core.ui.forms import Refusable
from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Topic


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TopicField(forms.TypedChoiceField):
    """Topics in use with what they are kinds of, as they stand at every other place."""

    def __init__(self, **details: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **details)

    def offer(self, also: int | None = None) -> None:
        tree = Topic.objects.tree()
        offered = [(str(topic.pk), tree.said(topic.pk)) for _level, topic in tree.offered()]
        if also and str(also) not in dict(offered):
            offered.append((str(also), tree.said(also)))
        self.choices = [("", "—"), *offered]


def _words(label: Any, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST_TEXT, **more)


class ProblemForm(Refusable):
    title = forms.CharField(label=_("What comes again and again"), max_length=LONGEST_TITLE)
    notices = _words(_("What clients notice"), 3, help_text=_("In their words, but name no client here."))
    workaround = _words(
        _("What helps meanwhile"), 3, required=False, help_text=_("Agents put it into their answers with one press.")
    )
    topic = TopicField(label=_("Topic"), required=False)
    product = forms.ModelChoiceField(Product.objects.none(), label=_("Product"), required=False, empty_label="—")
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"), empty_label=None)
    wake_on = Day(label=_("Looked at again on"), help_text=_("On that day its owner is told: nothing hangs."))
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False, initial=lambda: uuid.uuid4().hex)

    def __init__(self, *arguments: Any, problem: Problem | None = None, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["topic"].offer(problem.topic_id if problem else None)  # type: ignore[attr-defined]
        known = Q(is_active=True) | Q(pk=problem.product_id if problem else None)
        self.fields["product"].queryset = Product.objects.filter(known).order_by("name")  # type: ignore[attr-defined]
        self.fields["owner"].queryset = User.objects.filter(is_active=True).exclude(role=Role.QUALITY).order_by("name")  # type: ignore[attr-defined]
        if "wake_on" in self.fields:
            self.fields["wake_on"].initial = clock.house_today() + USUAL_WAKE

    def clean_key(self) -> str | None:
        return self.cleaned_data["key"] or None

    def clean_topic(self) -> Topic | None:
        number = self.cleaned_data["topic"]
        return Topic.objects.get(pk=number) if number else None


class ChangeForm(ProblemForm):
    """The state has forms of its own.  `seen` is the edition that stood on the page."""

    cause = _words(_("Cause"), 3, required=False, help_text=_("Of things, not of people."))
    fix_cost = forms.DecimalField(
        label=_("Price of the removal"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    effect = forms.IntegerField(
        label=_("Share of the requests that it ends, %"), required=False, min_value=1, max_value=100
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = (*FIELDS, "owner", "wake_on")

    def __init__(self, problem: Problem, *arguments: Any, currency: str, **details: Any) -> None:
        begun = {name: getattr(problem, name) for name in (*FIELDS, "owner", "wake_on")}
        begun |= {"topic": problem.topic_id, "seen": problem.edition}
        super().__init__(*arguments, problem=problem, initial=begun, **details)
        self.fields["fix_cost"].help_text = _("In all, in %(currency)s.") % {"currency": currency}
        del self.fields["key"]
        if problem.is_over:
            del self.fields["wake_on"], self.fields["owner"]
        else:
            self.fields["wake_on"].initial = problem.wake_on

    def stands_beside(self, theirs: Problem) -> None:
        """What was typed stays; words that say something else by now stand beside it, and the next press knows them."""
        typed = {name: self.cleaned_data[name] for name in WORDS if name in self.cleaned_data}
        given: Any = self.data
        self.data = given = given.copy()
        given["seen"] = str(theirs.edition)
        for name, said in typed.items():
            if (now := getattr(theirs, name)) != said:
                self.refuse(_("Stands there now: %(text)s") % {"text": now or "—"}, name)


class KnownForm(Refusable):
    cause = _words(_("Cause"), 4, help_text=_("Of things, not of people."))


class LiveForm(Refusable):
    reason = _words(_("Why it is not worth removing"), 3)
    wake_on = Day(label=_("Looked at again on"), help_text=_("Nothing is lived with for ever: within a year."))


class RemoveForm(Refusable):
    result = _words(_("What was done"), 3)
    tell = forms.BooleanField(
        label=_("Tell the owners of its waiting requests"),
        required=False,
        initial=True,
        help_text=_("Each gets a notice in each of them; what clients are told is theirs to write."),
    )


class CheckForm(Refusable):
    checked = _words(_("What came of it"), 3)


class RefuseForm(Refusable):
    why = forms.CharField(
        label=_("Why it is no problem"),
        max_length=300,
        help_text=_("For two months it is not proposed again."),
    )


STEPS = {State.KNOWN: KnownForm, State.LIVED: LiveForm, State.REMOVED: RemoveForm}
"""States that ask for words."""
