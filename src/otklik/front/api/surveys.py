"""Surveys that another program sets off: after a delivery, a visit, a purchase."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.care.surveys.models import Invitation, Survey
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.access import contacts_known_to
from otklik.desk.tickets.errors import Invalid
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.surveys import SurveyInvitationIn, SurveyInvitationOut

router = Router(tags=["surveys"])


@router.post(
    "/{int:pk}/invitations",
    auth=writing,
    response=answers(SurveyInvitationOut, 201),
    operation_id="invite_to_survey",
)
def invite_to_survey(request: HttpRequest, pk: int, body: SurveyInvitationIn, key: Key = "") -> Any:
    """Ask one person by a running survey of the occasion "event".

    The contact policy and the share of the survey still decide whether a letter is sent; `why_not` says what speaks
    against it already.  A person who waits for this survey is not asked twice.
    """

    def act() -> dict[str, Any]:
        survey = Survey.objects.filter(pk=pk, occasion=Survey.Occasion.EVENT).first()
        if survey is None:
            raise HttpError(404, "not found")
        if not survey.is_running:
            raise HttpError(409, "this survey does not run")
        contact = _contact(request, body)
        made = Invitation.objects.ask(survey, contact)
        told = {"id": made.pk, "survey_id": survey.pk, "contact_id": contact.pk}
        return {**told, "send_at": made.send_at.isoformat(), "why_not": made.why_not}

    return Status(201, once(request, key, {"survey": pk, **body.dict()}, act))


def _contact(request: HttpRequest, body: SurveyInvitationIn) -> Contact:
    """A person whom the caller knows."""
    if (body.contact_id is None) == (body.email is None):
        raise Invalid("name exactly one of contact_id and email", "contact_id")
    known = contacts_known_to(person(request))
    if body.contact_id is not None:
        known = known.filter(pk=body.contact_id)
    else:
        known = known.filter(identities__kind="email", identities__value=(body.email or "").strip().lower())
    found = known.first()
    if found is None:
        raise HttpError(404, "not found")
    return found
