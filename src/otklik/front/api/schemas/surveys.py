"""Surveys as programs tell and see them."""

from datetime import datetime

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given


class SurveyInvitationIn(Given):
    """Whom to ask: exactly one of the two."""

    contact_id: int | None = Field(None, ge=1, le=2**63 - 1)
    email: str | None = Field(None, max_length=320)


class SurveyInvitationOut(Schema):
    id: int
    survey_id: int
    contact_id: int
    send_at: datetime = Field(description="not before this moment, and when the contact policy allows it")
    why_not: str = Field(description='empty, or why nothing is sent: "sampling" when the person is not drawn')
