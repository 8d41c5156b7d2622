"""What a line does by itself: the way back, reminders, refusals that a lead sees first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.desk.tickets.models import Habits, RefusalReason


class HabitsForm(forms.ModelForm):
    approved_reasons = forms.MultipleChoiceField(
        label=_("Reasons that a lead approves"),
        choices=RefusalReason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("such a refusal goes to the client only when a lead of the line, their deputy or the head says so"),
    )

    class Meta:
        model = Habits
        fields = (
            *("reopen_days", "reminders", "remind_days", "approved_reasons", "asks_owner", "usual_next"),
            *("appeals", "appeal_days", "appeal_decided_in", "appeal_words_ru", "appeal_words_en"),
        )
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("appeal_words_ru", "appeal_words_en")}
        labels = {
            "reopen_days": _("Days of the way back"),
            "reminders": _("Reminders"),
            "remind_days": _("Working days before each"),
            "asks_owner": _("Ask before one answers in somebody else's request"),
            "usual_next": _("What an answer begins with"),
            "appeals": _("A refusal says how to appeal, and the client can"),
            "appeal_days": _("Days to appeal"),
            "appeal_decided_in": _("Working days to decide"),
            "appeal_words_ru": _("How to appeal, for letters in Russian"),
            "appeal_words_en": _("How to appeal, for letters in English"),
        }
        help_texts = {
            "reopen_days": _("so long a word of the client opens an ended request again; later it begins a new one"),
            "reminders": _("then the request is closed politely, with the way back; 0: a person decides"),
            "appeal_days": _("counted from the refusal; whoever comes later is told to write a new request"),
            "appeal_decided_in": _("by a lead of the line who did not refuse; the client is told the date at once"),
            "appeal_words_ru": _(
                "the fourth part of the letter; empty: our usual words. The link stands below by itself"
            ),
            "appeal_words_en": _("empty: our usual words"),
            "asks_owner": _(
                "whoever answers there takes it over, or leaves a note instead; who works on it together is not asked"
            ),
            "usual_next": _(
                "stands chosen under an answer until its author chooses; a draft and a visit keep their own"
            ),
        }
