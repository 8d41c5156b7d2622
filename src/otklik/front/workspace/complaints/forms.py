"""The small forms of a complaint, one for each act; the complaint itself says what is wrong with them."""

import re
import uuid
from datetime import datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from otklik.care.complaints import causes, managers
from otklik.care.complaints.causes import FEWEST_WHYS, MOST_WHYS
from otklik.care.complaints.models import Complaint, ComplaintPolicy, Measure
from otklik.care.complaints.states import Decision, Reaction, Risk, Said, Severity
from otklik.core.staff.models import Organisation, Team, User
from otklik.core.ui.forms import Refusable
from otklik.desk.tickets import letters
from otklik.desk.tickets.errors import Invalid

BLANK = "…"
"""Stands in a prepared letter where the form knows the words only when it is sent."""
LEAST_SHOWN = 5
"""Whys that are asked for, whether or not they are all filled in."""


def cause_choices() -> list[Any]:
    return [("", _now("not chosen")), *causes.grouped()]


def capitals(choices: list[Any]) -> list[tuple[Any, str]]:
    return [(value, capfirst(str(label))) for value, label in choices]


def people(found: list[User]) -> list[tuple[str, str]]:
    return [("", _now("not chosen")), *((str(one.pk), one.name) for one in found)]


def area(rows: int, **more: Any) -> forms.Textarea:
    return forms.Textarea({"rows": rows, **more})


class ActForm(Refusable):
    """Of one complaint and its reader; an act that is refused puts its words at the field it names."""

    def __init__(self, data: Any, complaint: Complaint, user: User, name: str) -> None:
        self.complaint, self.user = complaint, user
        super().__init__(data, auto_id=f"{name}-%s", use_required_attribute=False)
        self.prepare()

    def prepare(self) -> None:
        """What depends on the complaint."""

    def apply(self) -> None:
        """Do it.  Raises Refused."""

    def chosen(self, name: str) -> User | None:
        """The person of a list."""
        pk = self.cleaned_data.get(name) or ""
        return User.objects.filter(pk=int(pk), is_active=True).first() if pk.isdecimal() and len(pk) < 19 else None


class LetterForm(ActForm):
    """How the client is told: by a letter of the request where the reader may write in it, or in another way."""

    text = forms.CharField(label=_("Letter to the client"), required=False, max_length=20000, widget=area(7))
    how = forms.CharField(
        label=_("Or: how the client was told"),
        required=False,
        max_length=1000,
        help_text=_("for one by telephone: when, and what was said"),
    )

    def prepare(self) -> None:
        if not self.complaint.can_write(self.user):
            del self.fields["text"]
            self.fields["how"].label = _("How the client was told")
        elif not self.is_bound:
            ticket = self.complaint.talk
            assert ticket is not None
            with translation.override(letters.language_of(ticket)):
                self.initial["text"] = self.letter()

    def letter(self) -> str:
        return ""

    @property
    def told(self) -> dict[str, str]:
        """Where both were filled in, what was told otherwise needs no letter."""
        how = self.cleaned_data["how"]
        return {"how": how, "text": "" if how.strip() else self.cleaned_data.get("text", "")}


class AcknowledgeForm(LetterForm):
    def letter(self) -> str:
        zone = ZoneInfo(Organisation.objects.current().time_zone)  # the law counts days where we are, not the reader
        told = {
            "number": self.complaint.number,
            "name": self.complaint.owner.name,
            "when": date_format(timezone.localtime(self.complaint.legal_due, zone), "j E"),
        }
        return (
            _now(
                "We have received your complaint and registered it as № %(number)s. %(name)s looks after it until the"
                " end. We will answer by %(when)s at the latest and tell you how it goes before.\n\nIf there is"
                " anything to add, answer this letter."
            )
            % told
        )

    def apply(self) -> None:
        self.complaint.acknowledge(by=self.user, **self.told)


class AssessForm(ActForm):
    severity = forms.TypedChoiceField(label=_("How grave it is"), coerce=int, widget=forms.RadioSelect)
    risks = forms.MultipleChoiceField(
        label=_("What raises it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("A risk to safety makes it critical, the law or a vulnerable client at least serious."),
    )  # fmt: skip
    stated_cause = forms.ChoiceField(label=_("What the client holds to be the cause"), required=False)
    lines = forms.MultipleChoiceField(label=_("Lines involved"), required=False, widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        choose(self, "severity", capitals(Severity.choices))
        choose(self, "risks", capitals(Risk.choices))
        choose(self, "stated_cause", cause_choices())
        choose(self, "lines", [(str(line.pk), line.name) for line in Team.objects.active()])
        involved = [str(pk) for pk in self.complaint.lines.values_list("pk", flat=True)]
        self.initial = {
            "severity": self.complaint.severity,
            "risks": self.complaint.risks,
            "stated_cause": self.complaint.stated_cause,
            "lines": involved or [str(self.complaint.line_id)],
        }

    def apply(self) -> None:
        told = self.cleaned_data
        self.complaint.assess(
            by=self.user,
            severity=told["severity"],
            risks=told["risks"],
            lines=Team.objects.filter(pk__in=told["lines"]),
            stated_cause=told["stated_cause"],
        )


class InvestigateForm(ActForm):
    investigator = forms.ChoiceField(label=_("Who investigates"), help_text=_("never the person complained about"))

    def prepare(self) -> None:
        complaint = self.complaint
        everybody = list(User.objects.filter(is_active=True).order_by("name", "pk")[:200])
        fit = [one for one in everybody if one.pk != complaint.against_id and not complaint.was_decided_by(one)]
        choose(self, "investigator", people(fit))
        if self.complaint.investigator_id and self.complaint.level == 1:
            self.initial["investigator"] = str(self.complaint.investigator_id)

    def apply(self) -> None:
        if investigator := self.chosen("investigator"):
            self.complaint.investigate(investigator, by=self.user)


class HigherForm(InvestigateForm):
    def prepare(self) -> None:
        super().prepare()
        field = cast(Any, self.fields["investigator"])
        taken = {str(self.complaint.investigator_id), str(self.complaint.first_decider_id)}
        field.choices = [one for one in field.choices if one[0] not in taken]
        self.initial.pop("investigator", None)
        field.label, field.help_text = _("Who decides anew"), _("another person than the first time")

    def apply(self) -> None:
        if investigator := self.chosen("investigator"):
            self.complaint.go_higher(investigator, by=self.user)


class ExplainForm(ActForm):
    found = forms.CharField(label=_("Cause that can be mended"), max_length=1000, required=False, widget=area(2))
    cause = forms.ChoiceField(label=_("Branch of the cause"), required=False)

    def prepare(self) -> None:
        known = self.complaint.whys
        count = min(MOST_WHYS, max(LEAST_SHOWN, len(known) + 1))
        for step in range(count):
            label = _now("Why did it happen?") if step == 0 else _now("Why so? (%(step)s)") % {"step": step + 1}
            self.fields[f"why{step}"] = forms.CharField(label=label, max_length=500, required=False)
        choose(self, "cause", cause_choices())
        self.order_fields([*(f"why{step}" for step in range(count)), "found", "cause"])
        said = {f"why{step}": why for step, why in enumerate(known)}
        self.initial = {**said, "found": self.complaint.found, "cause": self.complaint.found_cause}
        hint = ngettext("at least %(n)s, until it can be mended", "at least %(n)s, until it can be mended", FEWEST_WHYS)
        self.fields["why0"].help_text = hint % {"n": FEWEST_WHYS}

    @property
    def whys(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields if name.startswith("why")]

    def refuse(self, text: str, field: str) -> None:
        said = [name for name in self.fields if name.startswith("why") and self.cleaned_data.get(name)]
        super().refuse(text, (said[-1] if said else "why0") if field == "whys" else field)

    def apply(self) -> None:
        self.complaint.explain(self.whys, self.cleaned_data["found"], self.cleaned_data["cause"], by=self.user)


class DecideForm(LetterForm):
    decision = forms.ChoiceField(label=_("Decision"), required=False, widget=forms.RadioSelect)
    finding = forms.CharField(
        label=_("What was found, in words for the client"), required=False, max_length=5000, widget=area(3)
    )
    remedy = forms.CharField(label=_("What the client gets"), required=False, max_length=1000)
    field_order = ("decision", "finding", "remedy", "text", "how")

    def prepare(self) -> None:
        super().prepare()
        choose(self, "decision", capitals(Decision.choices))

        if "text" in self.fields:
            self.fields["text"].help_text = _("in place of … comes what you have written above")

    def letter(self) -> str:
        return "\n\n".join(
            (
                _now("We have looked into your complaint № %(number)s.") % {"number": self.complaint.number},
                found_line(BLANK),
                done_line(BLANK),
                _now("Please tell us whether you agree with this answer. If not, another person will look at it."),
            )
        )

    def apply(self) -> None:
        told = self.cleaned_data
        letter = {**self.told, "text": self.filled(self.told["text"])}
        self.complaint.decide(told["decision"], by=self.user, finding=told["finding"], remedy=told["remedy"], **letter)

    def filled(self, text: str) -> str:
        """The letter with what was found and what the client gets; a paragraph of nothing is left out.

        Raises Invalid where a blank would go to the client.
        """
        ticket = self.complaint.talk
        if ticket is None or not text.strip():
            return text
        found, done = self.cleaned_data["finding"].strip(), self.cleaned_data["remedy"].strip()
        with translation.override(letters.language_of(ticket)):
            instead = {found_line(BLANK): found and found_line(found), done_line(BLANK): done and done_line(done)}
        lines = [instead.get(line.strip(), line) for line in text.splitlines()]
        if any(line.rstrip().endswith(f": {BLANK}") for line in lines if line not in instead.values()):
            raise Invalid(
                _now("A place of the letter is not filled in: write in place of …, or take the line out."), "text"
            )
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def found_line(what: str) -> str:
    return _now("What we found: %(what)s") % {"what": what}


def done_line(what: str) -> str:
    return _now("What we do: %(what)s") % {"what": what}


class HearForm(ActForm):
    reaction = forms.ChoiceField(label=_("The client"), required=False, widget=forms.RadioSelect)
    said = forms.CharField(label=_("In their words"), required=False, max_length=1000)

    def prepare(self) -> None:
        choose(self, "reaction", capitals(Reaction.choices))

    def apply(self) -> None:
        self.complaint.hear(self.cleaned_data["reaction"], self.cleaned_data["said"], by=self.user)


class BodiesForm(ActForm):
    bodies = forms.CharField(
        label=_("Where the client may go from us"), required=False, max_length=500,
        help_text=_("as it was told to them"),
    )  # fmt: skip

    def prepare(self) -> None:
        self.initial["bodies"] = self.complaint.bodies or ComplaintPolicy.objects.current().bodies

    def apply(self) -> None:
        self.complaint.name_bodies(self.cleaned_data["bodies"], by=self.user)


class PlanForm(ActForm):
    text = forms.CharField(label=_("What is done"), required=False, max_length=500)
    kind = forms.ChoiceField(label=_("What for"), required=False, widget=forms.RadioSelect)
    owner = forms.ChoiceField(label=_("Who does it"))
    due = forms.DateField(label=_("Until, inclusive"), widget=forms.DateInput({"type": "date"}))

    def prepare(self) -> None:
        choose(self, "kind", [("corrective", _now("Mend")), ("preventive", _now("Prevent"))])
        everybody = User.objects.filter(is_active=True).exclude(pk=self.complaint.against_id or 0)
        choose(self, "owner", people(list(everybody.order_by("name", "pk")[:200])))
        self.initial["kind"] = Measure.Kind.CORRECTIVE.value

    def refuse(self, text: str, field: str) -> None:
        super().refuse(text, {"due_at": "due"}.get(field, field))

    def apply(self) -> None:
        told, owner = self.cleaned_data, self.chosen("owner")
        assert owner is not None
        end = timezone.make_aware(datetime.combine(told["due"], time(23, 59, 59)))
        self.complaint.plan(told["text"], kind=told["kind"], owner=owner, due_at=end, by=self.user)


class CheckForm(ActForm):
    helped = forms.ChoiceField(label=_("The client says"), required=False, widget=forms.RadioSelect)

    def prepare(self) -> None:
        choose(self, "helped", capitals(Said.choices))

    def apply(self) -> None:
        self.complaint.weigh(self.cleaned_data["helped"], by=self.user)


class AskForm(ActForm):
    text = forms.CharField(label=_("Letter to the client"), required=False, max_length=20000, widget=area(5))
    key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def prepare(self) -> None:
        self.initial["key"] = uuid.uuid4().hex
        ticket = self.complaint.talk
        if ticket and not self.is_bound:
            with translation.override(letters.language_of(ticket)):
                self.initial["text"] = _now(
                    "Some time ago you complained to us (№ %(number)s), and we have changed something. Has it helped?"
                    " A word is enough: yes or no, and if not, what is still wrong."
                ) % {"number": self.complaint.number}

    def apply(self) -> None:
        key = self.cleaned_data["key"] or None
        self.complaint.ask_whether_it_helped(self.cleaned_data["text"], by=self.user, key=key)


class FactForm(ActForm):
    text = forms.CharField(label=_("What is known"), required=False, max_length=1000)
    source = forms.CharField(
        label=_("From where"), required=False, max_length=300,
        help_text=_("a letter, a call, the journal, the word of a colleague"),
    )  # fmt: skip

    def apply(self) -> None:
        self.complaint.add_fact(self.cleaned_data["text"], self.cleaned_data["source"], by=self.user)


class InformForm(ActForm):
    how = forms.CharField(label=_("How the client was told"), required=False, max_length=1000)

    def refuse(self, text: str, field: str) -> None:
        super().refuse(text, {"text": "how"}.get(field, field))

    def apply(self) -> None:
        self.complaint.inform(self.cleaned_data["how"], by=self.user)


class OwnerForm(ActForm):
    owner = forms.ChoiceField(label=_("Who manages it"))

    def prepare(self) -> None:
        complaint = self.complaint
        choose(self, "owner", people(managers.candidates(complaint.line, complaint.against, complaint.owner)))
        self.initial["owner"] = str(complaint.owner_id)

    def apply(self) -> None:
        if owner := self.chosen("owner"):
            self.complaint.pass_to(owner, by=self.user)


class LinkForm(ActForm):
    other = forms.IntegerField(label=_("Complaint №"), min_value=1, max_value=2**63 - 1)

    def clean_other(self) -> Complaint:
        found = Complaint.objects.visible_to(self.user).filter(pk=self.cleaned_data["other"]).first()
        if found is None:
            raise forms.ValidationError(_("There is no complaint of this number that you may see."))
        return found

    def apply(self) -> None:
        self.complaint.link(self.cleaned_data["other"], by=self.user)


class RunForm(ActForm):
    """No fields: the planned measures begin."""

    def apply(self) -> None:
        self.complaint.act(by=self.user)


class CloseForm(ActForm):
    """No fields: nothing was upheld, and the client knows where they stand."""

    def apply(self) -> None:
        self.complaint.close(by=self.user)


def choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices


class FinishForm(ActForm):
    result = forms.CharField(label=_("What came of it"), required=False, max_length=1000)
