"""Surveys with their results, and reviews that clients allowed."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given, PersonOut


class SurveyOut(Schema):
    """A survey that clients were asked by."""

    id: int
    name: str
    occasion: Literal["resolved", "relationship", "event", "link", "exit"]
    state: Literal["draft", "running", "ended"]
    share: int = Field(description="of those who could be asked so many are, %")
    began_at: datetime | None
    ended_at: datetime | None
    versions: list[int] = Field(description="numbers of its versions that were asked, the last one first")


class SurveyFull(SurveyOut):
    sources: list[str] = Field(description="how answers to it come; each is read by itself, the usual one first")


class OptionOut(Schema):
    label: str
    count: int


class QuestionOut(Schema):
    """One question with how often each answer was given, and the figure of them."""

    id: int
    kind: str
    words: str
    condition: str = Field(description='when it is asked, "" always')
    n: int
    status: Literal["undefined", "hidden", "low", "ok"] = Field(description="hidden: under 5, low: under 30")
    unit: Literal["share", "net", "mean", ""]
    value: float | None = Field(description="null while `hidden`")
    lo: float | None = Field(description="the interval that holds the true value in 19 of 20 cases")
    hi: float | None
    mean: float | None
    counts: list[OptionOut] = Field(description="empty while `hidden`")


class SurveyResultsOut(Schema):
    """Of one version, asked in one way, of the person's lines."""

    survey_id: int
    version: int
    source: str
    sent: int
    mature: int = Field(description="invitations that nobody can answer any more: the rate is of them")
    undeliverable: int
    completed: int
    partial: int
    rate: float | None = Field(description="share that answered, 0 to 1; null where nobody was invited")
    not_sent: dict[str, int] = Field(description="who was not asked, by why")
    questions: list[QuestionOut]


class SurveyWordsOut(Schema):
    """What a client wrote, in answer to a question or beside a mark."""

    id: int
    at: datetime
    words: str
    question: str
    ticket: int | None = Field(description="its number, where the person sees it")


class SurveyWordsPage(Schema):
    items: list[SurveyWordsOut]
    next: str | None


class ReviewOut(Schema):
    """Words beside a mark that their client lets us show on the public page of who answered."""

    id: int
    ticket: int | None = Field(description="number of the request whose mark it stands beside")
    contact_id: int | None = Field(description="number of who answered a question about something else")
    agent: PersonOut
    text: str
    signed_as: str
    mark: str
    state: Literal["waiting", "shown", "hidden"]
    given_at: datetime
    moderated_at: datetime | None
    reply: str
    replied_at: datetime | None


class ReviewPage(Schema):
    items: list[ReviewOut]
    next: str | None


class ModerateIn(Given):
    """For personal data and abuse, never for its tone."""

    state: Literal["shown", "hidden"]


class ReviewReplyIn(Given):
    text: str = Field(min_length=1, max_length=1000)
