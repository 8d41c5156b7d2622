"""The small forms of a review; the review itself says what is wrong with them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from otklik.care.quality.models import Calibration, Review, Told
from otklik.care.quality.models.calibration import MOST_TICKETS
from otklik.care.quality.models.reviewing import reviewers
from otklik.care.quality.passing import others_for
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.forms import Refusable
from otklik.desk.tickets.models import Ticket

FARTHEST = timedelta(days=366)


def told_of(data: Mapping[str, Any], review: Review) -> dict[int, Told]:
    """What was typed of each criterion of the card, and in which letter its quote was chosen."""

    def told(pk: int) -> Told:
        mark, quote, comment = (str(data.get(f"{what}-{pk}", ""))[:5000] for what in ("mark", "quote", "comment"))
        letter = str(data.get(f"message-{pk}", ""))
        return Told(mark, quote, comment, int(letter) if letter.isdecimal() and len(letter) < 19 else None)

    return {one.pk: told(one.pk) for one in review.version.criteria.all()}


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class SmallForm(Refusable):
    """An act that is refused puts its words at the field it names."""

    prefix_of_ids = "act"

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id=f"{self.prefix_of_ids}-%s", use_required_attribute=False, **more)


class Evening(forms.DateField):
    """The last minute of a day within a year, by the clock of the reader."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> datetime | None:
        day = super().clean(value)
        if day and day > clock.today() + FARTHEST:
            raise forms.ValidationError(_("Choose a day within a year."))
        return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


class SkipForm(SmallForm):
    prefix_of_ids = "skip"
    why = forms.CharField(label=_("Why it cannot be judged"), required=False, max_length=500)


class DisputeForm(SmallForm):
    prefix_of_ids = "dispute"
    reason = forms.CharField(
        label=_("With what you do not agree, and why"), required=False, max_length=2000, widget=area(3)
    )


class DecideForm(SmallForm):
    prefix_of_ids = "decide"
    words = forms.CharField(
        label=_("Why you decide so"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 3, "form": "decide"}),  # it stands below the marks, outside of the form
    )  # fmt: skip


class GiveForm(SmallForm):
    """Who has it from now on."""

    prefix_of_ids = "give"
    person = forms.ChoiceField(label=_("To whom"))

    def __init__(self, review: Review, data: Any = None) -> None:
        super().__init__(data)
        self.people = {str(one.pk): one for one in others_for(review)}
        self.fields["person"].choices = [(pk, one.name) for pk, one in self.people.items()]  # type: ignore[attr-defined]

    @property
    def told(self) -> User:
        return self.people[self.cleaned_data["person"]]


class BeginForm(SmallForm):
    """A conversation that was not drawn."""

    prefix_of_ids = "begin"
    number = forms.IntegerField(label=_("Number of the request"), min_value=1, max_value=2**62)


class StepForm(SmallForm):
    """What is trained, by whom, until which day."""

    prefix_of_ids = "step"
    text = forms.CharField(label=_("What is trained"), required=False, max_length=500)
    owner = forms.ChoiceField(label=_("Who does it"))
    until = Evening(label=_("Until the end of"))

    def __init__(self, review: Review, user: User, data: Any = None) -> None:
        people = {one.pk: one for one in (review.agent, review.reviewer, user)}
        super().__init__(data)
        self.people = people
        self.fields["owner"].choices = [(str(pk), one.name) for pk, one in people.items()]  # type: ignore[attr-defined]
        self.initial.update(owner=str(review.agent_id), until=clock.today() + timedelta(days=7))

    @property
    def told(self) -> tuple[str, User, datetime]:
        told = self.cleaned_data
        return told["text"], self.people[int(told["owner"])], told["until"]


class CalibrationForm(SmallForm):
    """Which requests, who scores them, until when."""

    prefix_of_ids = "calibration"
    tickets = forms.CharField(
        label=_("Numbers of requests"), max_length=400,
        help_text=_("with blanks between them; ten or more say how far you agree, one is enough to talk about"),
    )  # fmt: skip
    people = forms.MultipleChoiceField(label=_("Who scores"), widget=forms.CheckboxSelectMultiple)
    until = Evening(label=_("Until the end of"))

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.user = user
        self.choices = {one.pk: one for one in reviewers()[:100]}
        self.fields["people"].choices = [(str(pk), one.name) for pk, one in self.choices.items()]  # type: ignore[attr-defined]
        self.initial["until"] = clock.today() + timedelta(days=7)

    def clean_tickets(self) -> list[Ticket]:
        words = self.cleaned_data["tickets"].replace(",", " ").replace("№", " ").split()
        numbers = [int(word) for word in words if word.isdecimal() and len(word) < 19]
        found = Ticket.objects.visible_to(self.user).select_related("team", "conversation", "owner").in_bulk(numbers)
        strange = [word for word in words if not word.isdecimal() or int(word[:18]) not in found]
        if strange:
            raise forms.ValidationError(
                _("You know no request with this number: %(number)s"), params={"number": strange[0][:20]}
            )
        if len(found) > MOST_TICKETS:
            raise forms.ValidationError(_("A session has %(most)s requests at most.") % {"most": MOST_TICKETS})
        return list(found.values())

    def begin(self) -> Calibration:
        """Raises Refused."""
        told = self.cleaned_data
        people = [self.choices[int(pk)] for pk in told["people"]]
        made: Calibration = Calibration.objects.begin(told["tickets"], people, until=told["until"], by=self.user)
        return made
