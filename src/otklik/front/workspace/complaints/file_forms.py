"""What is asked for when a complaint comes: from a talk as little as can be, else also whose it is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from otklik.care.complaints import managers, suggesting
from otklik.care.complaints.models import Complaint, ComplaintPolicy, Filing
from otklik.care.complaints.states import Risk, Severity, Source
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.core.ui.forms import Refusable
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.access import contacts_known_to
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.complaints.forms import area, capitals, choose, people

LONGEST_WORDS = 5000
LONGEST_STATED = 500


class FileForm(Refusable):
    """Of a talk: the quote, the facts that the desk knows, how grave it is, and who manages it."""

    words = forms.CharField(
        label=_("What the client said"), required=False, max_length=LONGEST_WORDS, widget=area(3, **{"data-quoted": ""})
    )
    message = forms.CharField(required=False, widget=forms.HiddenInput({"data-quoted-from": ""}))
    stated = forms.CharField(label=_("What it is about"), required=False, max_length=LONGEST_STATED)
    facts = forms.MultipleChoiceField(
        label=_("Facts that the desk knows"), required=False, widget=forms.CheckboxSelectMultiple
    )
    severity = forms.TypedChoiceField(label=_("How grave it is"), coerce=int, widget=forms.RadioSelect)
    risks = forms.MultipleChoiceField(label=_("What raises it"), required=False, widget=forms.CheckboxSelectMultiple)
    desired = forms.CharField(label=_("What the client wants"), required=False, max_length=1000)
    against = forms.ChoiceField(
        label=_("About a colleague"), required=False, help_text=_("they will not see it and have no part in it")
    )
    owner = forms.ChoiceField(label=_("Who manages it"), required=False)

    def __init__(self, data: Any, user: User, ticket: Ticket | None = None, **more: Any) -> None:
        self.user, self.ticket = user, ticket
        super().__init__(data, auto_id="complain-%s", use_required_attribute=False, **more)
        self.offers = {one.code: one for one in suggesting.facts_of(ticket)} if ticket else {}
        choose(self, "severity", capitals(Severity.choices))
        choose(self, "risks", capitals(Risk.choices))
        choose(self, "facts", [(one.code, one.text) for one in self.offers.values()])
        everybody = list(User.objects.filter(is_active=True).order_by("name", "pk")[:200])
        choose(self, "against", [("", pgettext("complaint", "nobody in particular")), *people(everybody)[1:]])
        line = ticket.team if ticket else None
        also = () if ticket is None else (self._preset(line),)
        choose(self, "owner", [("", _now("as usual")), *people(managers.candidates(line, None, *also))[1:]])
        if not self.offers:
            del self.fields["facts"]
        self.initial["severity"] = Severity.MINOR
        if ticket and (preset := self._preset(line)):
            self.initial["owner"] = str(preset.pk)

    def _preset(self, line: Team | None) -> User | None:
        try:
            return managers.manager_for(line, None, ComplaintPolicy.objects.current()) if line else None
        except Invalid:
            return None

    def file(self) -> Complaint:
        """Raises Refused."""
        return Complaint.objects.file(self.filing(), by=self.user)

    def filing(self) -> Filing:
        told, quoted, ticket = self.cleaned_data, self._quoted(), self.ticket
        return Filing(
            words=told["words"],
            stated=told["stated"],
            ticket=ticket,
            contact=ticket.contact if ticket else None,
            said_by=quoted.author_name if quoted else ticket.contact_name if ticket else "",
            said_at=quoted.at if quoted else None,
            desired=told["desired"],
            severity=told["severity"],
            risks=told["risks"],
            against=self._person("against"),
            owner=self._owner(),
            facts=self.ticked(),
        )

    def ticked(self) -> Sequence[tuple[str, str]]:
        return [(self.offers[code].text, self.offers[code].source) for code in self.cleaned_data.get("facts", ())]

    def _owner(self) -> User | None:
        """Whoever was preset and is complained about gives way by themselves; a choice of the person is refused."""
        owner, against = self._person("owner"), self._person("against")
        preset = self._preset(self.ticket.team) if self.ticket else None
        return None if owner and owner == against and owner == preset else owner

    def _person(self, name: str) -> User | None:
        pk = self.cleaned_data.get(name) or ""
        return User.objects.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None

    def _quoted(self) -> Message | None:
        """The letter that was quoted, of this talk alone."""
        pk = self.cleaned_data["message"]
        if self.ticket is None or not pk.isdecimal() or len(pk) > 18:
            return None
        return self.ticket.conversation.messages.public().filter(pk=int(pk)).first()


class NewForm(FileForm):
    """Without a request: it came on paper, by voice, or from somebody who does not name themselves."""

    source = forms.ChoiceField(label=pgettext_lazy("complaint", "How it came"))
    address = forms.CharField(
        label=_("Address or telephone of the client"), required=False, max_length=320,
        help_text=_("as it stands on their card; empty: the complaint is anonymous, which is all right"),
    )  # fmt: skip
    line = forms.ChoiceField(label=_("Line that answers for it"))
    received = forms.DateTimeField(
        label=_("When it came"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("the legal term is counted from then; empty: now"),
    )
    field_order = (
        *("stated", "words", "source", "address", "line", "received", "severity", "risks", "desired", "against"),
    )

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data, user)
        found = [(value, label) for value, label in Source.choices if value != Source.TALK]
        choose(self, "source", capitals(found))
        lines = list(Team.objects.active())
        choose(self, "line", [(str(line.pk), line.name) for line in lines])
        own = [line for line in lines if line.pk in user.team_ids] or lines
        self.initial.update(source=Source.PHONE.value, line=str(own[0].pk) if own else "")

    def clean_address(self) -> Contact | None:
        address = self.cleaned_data["address"].strip()
        if not address:
            return None
        found = contacts_known_to(self.user).filter(identities__value__iexact=address).first()
        if found is None:
            raise forms.ValidationError(
                _("You know no client with this address. Leave it empty, or ask a lead who knows them.")
            )
        return found

    def filing(self) -> Filing:
        told = self.cleaned_data
        contact = told["address"]
        return Filing(
            words=told["words"],
            stated=told["stated"],
            contact=contact,
            said_by=contact.name if contact else "",
            said_at=told["received"] or clock.now(),
            source=told["source"],
            line=Team.objects.filter(pk=told["line"]).first(),
            desired=told["desired"],
            severity=told["severity"],
            risks=told["risks"],
            against=self._person("against"),
            owner=self._person("owner"),
            received_at=told["received"],
        )

    def refuse(self, text: str, field: str) -> None:
        super().refuse(text, {"received_at": "received"}.get(field, field))
