"""A survey: when it asks whom, and its questions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models import Question, Survey
from otklik.care.surveys.models.version import MOST_CHOICES
from otklik.care.surveys.scales import AREAS, USUAL_WORDS, Kind
from otklik.core.staff.models import Brand, Team
from otklik.core.ui.sites import SitesField
from otklik.desk.clients.models import ContractRole
from otklik.front.setup.forms.named import Named


class SurveyForm(Named, forms.ModelForm):
    """The occasion stays as it began, so that answers to different occasions are never mixed."""

    sites = SitesField(
        label=_("Sites on which it may appear"),
        help_text=_("one in a line, as https://shop.example; on any other site the browser refuses to show it"),
    )

    class Meta:
        model = Survey
        fields = (
            *("name", "occasion", "delay_minutes", "share", "every_months", "roles", "brand", "team"),
            *("remind_days", "by_phone", "follow_up", "follow_up_hours", "guidance", "reason_for_more"),
        )
        labels = {
            "name": _("Name of the survey"),
            "occasion": _("When it asks"),
            "delay_minutes": _("How long it waits after the answer, minutes"),
            "share": _("How many of a hundred are asked"),
            "every_months": _("One client once in so many months"),
            "remind_days": _("Reminds once, after so many days"),
            "by_phone": _("A person calls whoever has no e-mail address"),
            "brand": _("Brand"),
            "team": _("Line"),
            "follow_up": _("A dissatisfied client is talked to"),
            "follow_up_hours": _("Within working hours of the line"),
            "guidance": _("Guidance for the talk"),
            "reason_for_more": _("Why more than five questions"),
        }
        help_texts = {
            "name": _("for you; clients do not see it"),
            "occasion": _("cannot be changed once it has started"),
            "delay_minutes": _("empty: as the desk is set up"),
            "share": _("drawn by the number of the request or person: nobody whose work is judged can steer it"),
            "remind_days": _("empty: never; nobody who has answered, and only where the contact policy allows it"),
            "by_phone": _("stands in What clients say, To be asked by phone; these answers are counted apart"),
            "brand": _("where no request tells whose face the client sees"),
            "team": _("follows up where there is no request"),
            "follow_up": _(
                "opens a task for the lead of the line; it is about the client and never a reason to punish"
            ),
            "guidance": _("what to find out and offer; no script to be read aloud"),
            "reason_for_more": _("each question more costs answers: five at most, unless this says why"),
        }
        widgets = {
            "follow_up": forms.CheckboxInput(attrs={"role": "switch"}),
            "by_phone": forms.CheckboxInput(attrs={"role": "switch"}),
            "guidance": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        if self.instance.began_at:
            self.fields["occasion"].disabled = True
        self.fields["roles"] = forms.MultipleChoiceField(
            label=_("Whom of an organisation it asks"),
            help_text=_("by their role on the card; none chosen: everybody"),
            choices=ContractRole.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.initial.setdefault("sites", self.instance.sites)
        brands = [(one.pk, one.name) for one in Brand.objects.order_by("name")]
        lines = [(one.pk, one.name) for one in Team.objects.active()]
        self.fields["brand"].choices = [("", _("the usual one")), *brands]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", _("the first line")), *lines]  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Survey:
        self.instance.sites = self.cleaned_data["sites"]
        return super().save(commit)


class ChoicesField(forms.CharField):
    """One answer in a line."""

    def __init__(self, **details: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(required=False, max_length=MOST_CHOICES * 121, widget=widget, **details)

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_CHOICES:
            raise ValidationError(_now("A list has %(most)s choices at most.") % {"most": MOST_CHOICES})
        if any(len(line) > 120 for line in lines):
            raise ValidationError(_now("A choice has %(most)s characters at most.") % {"most": 120})
        return lines


class SurveyQuestionForm(forms.ModelForm):
    choices_ru = ChoicesField(label=_("Answers in Russian"), help_text=_("one in a line"))
    choices_en = ChoicesField(label=_("Answers in English"), help_text=_("in the same order; empty: as in Russian"))

    class Meta:
        model = Question
        fields = ("kind", "words_ru", "words_en", "weight", "follows", "how", "bound")
        labels = {
            "kind": _("Kind of answer"),
            "words_ru": _("Question in Russian"),
            "words_en": _("Question in English"),
            "weight": _("Importance in the index, 1 to 10"),
            "follows": _("Asked of"),
            "how": _("whose answer"),
            "bound": _("Bound"),
        }
        help_texts = {
            "words_ru": _("empty: the usual words of this kind; of an area its name is enough"),
            "follows": _("everybody, or those who answered an earlier question so"),
            "bound": _(
                "a point of that scale; of answers to choose from, the number in their list; of yes and no 1 and 0"
            ),
        }

    def __init__(self, data: Any, instance: Question) -> None:
        super().__init__(data, instance=instance)
        self.before = (instance.kind, list(instance.choices))
        self.let_go: list[Question] = []
        if instance.version.survey.occasion != Survey.Occasion.RESOLVED and instance.kind != Kind.ONCE:
            offered_kinds = [(kind.value, kind.label) for kind in Kind if kind != Kind.ONCE]
            self.fields["kind"].choices = offered_kinds  # type: ignore[attr-defined]
        earlier = instance.version.questions.exclude(kind=Kind.TEXT)
        if instance.pk:
            earlier = earlier.filter(position__lt=instance.position)
            self.initial["choices_ru"] = "\n".join(pair[0] for pair in instance.choices)
            self.initial["choices_en"] = "\n".join(pair[1] for pair in instance.choices)
        self.fields["follows"].queryset = earlier  # type: ignore[attr-defined]
        offered = [(one.pk, f"{one.words[:80]} ({_answers_of(one)[:80]})") for one in earlier]
        self.fields["follows"].choices = [("", _("everybody")), *offered]  # type: ignore[attr-defined]
        self.fields["bound"].required = self.fields["weight"].required = self.fields["how"].required = False
        if instance.follows and instance.follows.kind == Kind.CHOICE:
            self.initial["bound"] = instance.bound + 1

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        for name in ("words_ru", "words_en"):
            data[name] = " ".join((data.get(name) or "").split())
        if kind and kind not in USUAL_WORDS and not (data["words_ru"] or data["words_en"]):
            self.add_error("words_ru", _now("Write what is asked."))
        if kind == Kind.CHOICE:
            self._check_choices(data)
        data["weight"] = (data.get("weight") or 1) if kind in AREAS else 1
        data["how"] = data.get("how") or Question.How.MOST
        data["bound"] = data.get("bound") or 0
        if follows := data.get("follows"):
            if follows.kind == Kind.CHOICE:
                data["bound"] -= 1  # people count a list from one
            if not follows.allows(data["bound"]):
                self.add_error("bound", _now("This answer does not exist on the scale of that question."))
        return data

    def _check_choices(self, data: dict[str, Any]) -> None:
        russian, english = data.get("choices_ru") or [], data.get("choices_en") or []
        if len(russian or english) < 2:
            self.add_error("choices_ru", _now("Write at least two answers."))
        if russian and english and len(russian) != len(english):
            self.add_error("choices_en", _now("Write as many answers as in Russian, or none."))

    def save(self, commit: bool = True) -> Question:
        data = self.cleaned_data
        russian, english = data["choices_ru"], data["choices_en"]
        wanted = data["kind"] == Kind.CHOICE
        count = max(len(russian), len(english)) if wanted else 0
        self.instance.choices = [[_at(russian, n) or _at(english, n), _at(english, n)] for n in range(count)]
        saved = super().save(commit)
        self._hold_conditions(saved)
        return saved

    def _hold_conditions(self, saved: Question) -> None:
        """What hangs on an answer hangs on its words, wherever they stand by now.

        Where they are gone it is asked of everybody, and `let_go` says of which questions that is so.
        """
        kind, choices = self.before
        same = kind == saved.kind
        if same and choices == saved.choices:
            return
        places = [_place_of(pair, saved.choices) for pair in choices]
        for one in saved.version.questions.filter(follows=saved):
            held = _moved(one, places) if same and kind == Kind.CHOICE else None
            if held is None and (not same or kind == Kind.CHOICE):
                self.let_go.append(one)
                one.follows, one.how, one.bound = None, Question.How.MOST, 0
            elif held:
                one.how, one.bound = held
            one.save(update_fields=["follows", "how", "bound"])


def _place_of(pair: list[str], choices: list[list[str]]) -> int | None:
    """Where this answer stands by now: its words in both languages, else in one."""
    for same in (lambda one: one == pair, lambda one: one[0] == pair[0], lambda one: one[1] and one[1] == pair[1]):
        if found := [place for place, one in enumerate(choices) if same(one)]:
            return found[0]
    return None


def _moved(question: Question, places: list[int | None]) -> tuple[str, int] | None:
    """How and bound for the same answers at their places of now; None where no condition says just these."""
    how, follows = Question.How, question.follows_id
    assert follows is not None
    named = {place: question.is_asked({follows: place}) for place in range(len(places))}
    now = {at for place, at in enumerate(places) if at is not None and named[place]}
    others = {at for place, at in enumerate(places) if at is not None and not named[place]}
    if not now:
        return None
    if question.how == how.MOST and max(now) < min(others, default=max(now) + 1):
        return how.MOST, max(now)
    if question.how == how.LEAST and min(now) > max(others, default=-1):
        return how.LEAST, min(now)
    return (how.IS, now.pop()) if len(now) == 1 else None


def _answers_of(question: Question) -> str:
    """What a condition may name: the ends of a scale, or each answer with its number."""
    if question.scale and not question.scale.words:
        return f"{question.scale.least}–{question.scale.most}"
    first = 1 if question.kind == Kind.CHOICE else 0
    return ", ".join(f"{value + first}: {words}" for value, words in question.options)


def _at(lines: list[str], place: int) -> str:
    return lines[place] if place < len(lines) else ""
