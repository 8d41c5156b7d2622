"""Which acts a complaint offers its reader now, and what each is called."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.care.complaints import access
from otklik.care.complaints.models import Complaint
from otklik.care.complaints.states import BEFORE_ANSWER, HEARD, OURS, State
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.front.workspace.complaints import forms

OPEN = tuple(state for state in State if state != State.CLOSED)
KNOWN = tuple(state for state in OPEN if state not in (State.RECEIVED, State.ACKNOWLEDGED, State.ASSESSED))


@dataclass(frozen=True)
class Doing:
    """An act: its form, who may, in which stages; `when` asks the complaint itself."""

    form: type[forms.ActForm]
    title: str | Promise
    button: str | Promise
    done: str | Promise
    states: Collection[str]
    may: Callable[[User, Complaint], bool] = access.can_manage
    when: Callable[[Complaint], bool] = lambda complaint: True

    def is_offered(self, user: User, complaint: Complaint) -> bool:
        return complaint.state in self.states and self.may(user, complaint) and self.when(complaint)


DOINGS = {
    "acknowledge": Doing(
        forms.AcknowledgeForm, _("Acknowledge: the client knows that it came"), _("Acknowledge"),
        _("The complaint is acknowledged."), (State.RECEIVED,),
    ),
    "assess": Doing(
        forms.AssessForm, _("Assess: how grave it is and whom it concerns"), _("Assess"),
        _("The complaint is assessed."), tuple(state for state in BEFORE_ANSWER if state != State.RECEIVED),
    ),
    "investigate": Doing(
        forms.InvestigateForm, _("Investigate: who looks into it"), _("Give it to them"),
        _("The complaint is given to be investigated."), (State.ASSESSED, State.INVESTIGATING),
    ),
    "explain": Doing(
        forms.ExplainForm, _("Find the cause: ask why until it can be mended"), _("Save the cause"),
        _("The cause is saved."), KNOWN, access.can_investigate,
    ),
    "decide": Doing(
        forms.DecideForm, _("Decide and answer the client"), _("Answer the client"),
        _("The client is answered."), (State.INVESTIGATING,), access.can_decide,
    ),
    "hear": Doing(
        forms.HearForm, _("Hear the client: do they agree?"), _("Save"),
        _("What the client says is saved."), (State.ANSWERED,),
    ),
    "higher": Doing(
        forms.HigherForm, _("Second level: another person decides anew"), _("Give it to them"),
        _("The complaint is on the second level."), (State.DISAGREES,), when=lambda one: one.level == 1,
    ),
    "bodies": Doing(
        forms.BodiesForm, _("Name the bodies to which the client may go"), _("Save"),
        _("The bodies are named."), (State.DISAGREES,),
    ),
    "plan": Doing(
        forms.PlanForm, _("Plan a measure"), _("Plan"),
        _("The measure is planned."), (State.INVESTIGATING, State.ANSWERED, *HEARD, State.ACTING),
        access.can_investigate,
    ),
    "run": Doing(
        forms.RunForm, _("Carry the measures out"), _("Begin the measures"),
        _("The measures run."), HEARD, when=lambda one: one.measures.exists(),
    ),
    "ask": Doing(
        forms.AskForm, _("Ask the client whether it helped"), _("Send"),
        _("The client is asked."), (State.CHECKING,), when=lambda one: one.ticket_id is not None,
    ),
    "check": Doing(
        forms.CheckForm, _("Check the effect"), _("Compare and decide"),
        _("The effect is checked."), (State.CHECKING,),
    ),
    "close": Doing(
        forms.CloseForm, _("Close: it was not upheld"), _("Close the complaint"),
        _("The complaint is closed."), HEARD, when=lambda one: one.decision not in OURS,
    ),
    "fact": Doing(
        forms.FactForm, _("Add a fact"), _("Add"), _("The fact is added."), OPEN, access.can_add_facts,
    ),
    "inform": Doing(
        forms.InformForm, _("The client was told how it goes"), _("Save"),
        _("It is noted that the client was told."), tuple(state for state in OPEN if state != State.RECEIVED),
    ),
    "owner": Doing(
        forms.OwnerForm, _("Give the complaint to somebody else"), _("Give it to them"),
        _("The complaint is given."), OPEN,
    ),
    "link": Doing(
        forms.LinkForm, _("Link a similar complaint"), _("Link them"),
        _("The complaints are linked."), tuple(State), access.can_add_facts,
    ),
}  # fmt: skip
PLACES = {"explain": "cause", "plan": "measures", "fact": "facts", "link": "alike"}
"""Acts that stand in a section of their own."""


def offered(user: User, complaint: Complaint) -> dict[str, Doing]:
    return {name: one for name, one in DOINGS.items() if one.is_offered(user, complaint)}


def next_of(complaint: Complaint, names: Collection[str]) -> str:
    """The act that brings it on, "" where nothing is to be done but to wait."""
    return next((name for name in _wanted(complaint) if name in names), "")


def _wanted(complaint: Complaint) -> Collection[str]:
    match complaint.state:
        case State.RECEIVED:
            return ("acknowledge",)
        case State.ACKNOWLEDGED:
            return ("assess",)
        case State.ASSESSED:
            return ("investigate",)
        case State.INVESTIGATING:
            return ("decide",) if complaint.found_cause else ("explain", "decide")
        case State.ANSWERED:
            return ("hear",)
        case State.DISAGREES if not complaint.bodies:
            return ("higher", "bodies")
        case State.AGREES | State.DISAGREES:
            return ("run", "plan") if complaint.decision in OURS else ("close",)
        case State.ACTING:
            return () if complaint.measures.filter(done_at=None).exists() else ("plan",)
    return ("check",) if complaint.check_at is None or complaint.check_at <= clock.now() else ()
