"""What is asked of who writes an article."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.models import Article, Flag, Section
from otklik.care.knowledge.states import Audience, Language, Why
from otklik.care.knowledge.terms import LONGEST_TEXT, LONGEST_TITLE
from otklik.core.staff.models import Role, User
from otklik.core.ui.forms import Refusable


class Flags(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Flag) -> str:
        return f"{obj.text} ({obj.by.name})"


class ArticleForm(Refusable):
    """`seen` is the edition that stood on the page; of a new one there is none."""

    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("As a client would ask: it is what search looks at first."),
    )
    section = forms.ModelChoiceField(
        Section.objects.none(), label=_("Section"), required=False, empty_label=_("not chosen")
    )
    audience = forms.ChoiceField(
        label=_("Who reads it"), choices=Audience, widget=forms.RadioSelect, initial=Audience.INTERNAL
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language, initial=Language.RU)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 18, "spellcheck": "true"}),
        help_text=_("## a heading, **bold**, - a list, 1. steps, > a quotation, [words](https://…) a link."),
    )
    mends = Flags(
        Flag.objects.none(),
        label=_("What you mend by this"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever said so hears of it. What is not marked stays open."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, changed: Article | None = None, **details: Any) -> None:
        super().__init__(*arguments, **details)
        flags = changed.flags.open().select_related("by").order_by("due_at", "pk") if changed else None
        self.fields["section"].queryset = Section.objects.in_order()  # type: ignore[attr-defined]
        self.fields["audience"].widget.attrs["class"] = "column"
        if changed:
            del self.fields["language"]
        if flags:
            self.fields["mends"].queryset = flags  # type: ignore[attr-defined]
            self.fields["mends"].widget.attrs["class"] = "column"
        else:
            del self.fields["mends"]


class GiveForm(Refusable):
    owner = forms.ModelChoiceField(User.objects.none(), label=_("New owner"), empty_label=None)

    def __init__(self, article: Article, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        people = User.objects.filter(is_active=True).exclude(role=Role.QUALITY).exclude(pk=article.owner_id)
        self.fields["owner"].queryset = people.order_by("name")  # type: ignore[attr-defined]


class FlagForm(Refusable):
    text = forms.CharField(
        label=_("What is wrong or outdated"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Its owner hears of it at once and has three days to mend it or to answer you."),
    )


class AnswerForm(Refusable):
    answer = forms.CharField(
        label=_("Why it is right as it stands"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )


class EraseForm(Refusable):
    words = forms.CharField(
        label=_("Words that are to go"),
        max_length=200,
        required=False,
        help_text=_(
            "As they stand there, in any case of letters. They are kept nowhere, and nothing brings them back."
        ),
    )
    why = forms.ChoiceField(
        label=_("Why they are to go"), choices=[("", _("not chosen")), *Why.choices], required=False
    )


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ("name", "name_en", "place")
        help_texts = {
            "name_en": _("for readers of English; empty: they see the name"),
            "place": _("smaller ones come first"),
        }
