"""The form of a saved reply, and of its wordings."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.staff.models import Role, Team, User
from otklik.desk.conversations.access import can_give_replies_to_all, lines_given_replies_by
from otklik.desk.conversations.models import SavedReply, SavedReplyWording

MINE, EVERYBODY = "mine", "all"
MOST_WORDINGS = 8
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SavedReplyForm(forms.ModelForm):
    """`for_whom` is "mine", "all" or the number of a line; who leads nobody writes for themselves alone."""

    for_whom = forms.ChoiceField(label=_("Who uses it"), widget=forms.RadioSelect)

    class Meta:
        model = SavedReply
        fields = ("name", "shortcut", "purpose", "text", "text_en", "keeper", "review_on")
        labels = {
            "name": pgettext_lazy("of a text", "Name"),
            "shortcut": _("Shortcut"),
            "purpose": _("For what"),
            "text": _("Text"),
            "text_en": _("The same in English"),
        }
        help_texts = {
            "shortcut": _("typed after :: in an answer; empty: the name is typed"),
            "text_en": _("for clients who read English; empty: they get the text above"),
        }
        widgets = {
            "text": forms.Textarea({"rows": 9, "lang": "ru", "spellcheck": "true"}),
            "text_en": forms.Textarea({"rows": 5, "lang": "en", "spellcheck": "true"}),
            "review_on": DAY,
        }

    def __init__(self, user: User, data: Any = None, instance: SavedReply | None = None) -> None:
        super().__init__(data, instance=instance)
        self.user = user
        if user.leads:
            people = User.objects.filter(is_active=True).exclude(role=Role.QUALITY)
            self.fields["keeper"].queryset = people.order_by("name")  # type: ignore[attr-defined]
        else:
            del self.fields["keeper"]
        self.fields["for_whom"].choices = self._circles()  # type: ignore[attr-defined]
        self.fields["for_whom"].widget.attrs["class"] = "column"
        self.initial.setdefault("for_whom", self._present())

    def _circles(self) -> list[tuple[str, str]]:
        circles = [(MINE, _now("I alone"))]
        if can_give_replies_to_all(self.user):
            circles += [(str(line.pk), line.name) for line in lines_given_replies_by(self.user)]
            circles.append((EVERYBODY, _now("everybody")))
        elif not self.instance.owner_id:  # only read
            line = self.instance.team
            circles += [(str(line.pk), line.name) if line else (EVERYBODY, _now("everybody"))]
        return circles

    def _present(self) -> str:
        if self.instance.owner_id:
            return MINE
        return str(self.instance.team_id or EVERYBODY)

    def clean(self) -> dict[str, Any]:
        """Before the model compares shortcuts it must know for whom the text is."""
        whom = self.cleaned_data.get("for_whom", MINE)
        self.instance.owner = self.user if whom == MINE else None
        self.instance.team = Team.objects.get(pk=int(whom)) if whom.isdigit() else None
        return super().clean() or self.cleaned_data


class WordingForm(forms.ModelForm):
    class Meta:
        model = SavedReplyWording
        fields = ("channel", "tone", "text", "text_en")
        labels = {"text": _("Text"), "text_en": _("The same in English")}
        widgets = {
            "text": forms.Textarea({"rows": 4, "lang": "ru", "spellcheck": "true"}),
            "text_en": forms.Textarea({"rows": 3, "lang": "en", "spellcheck": "true"}),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        fields: Any = self.fields
        fields["channel"].choices = [("", _("anywhere")), *SavedReplyWording.Channel.choices]
        fields["tone"].choices = [("", _("to everybody")), *SavedReplyWording.Tone.choices]

    def clean(self) -> dict[str, Any]:
        """For every channel and every tone there is the text above."""
        told = super().clean() or self.cleaned_data
        if told.get("text") and not (told.get("channel") or told.get("tone")):
            self.add_error("channel", _("Say where it stands instead, or to whom."))
        return told


WordingForms = forms.inlineformset_factory(
    SavedReply,
    SavedReplyWording,
    form=WordingForm,
    extra=1,
    max_num=MOST_WORDINGS,
    absolute_max=MOST_WORDINGS,
    validate_max=True,
)
