"""Problems as who owns one tells and reads them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given
from otklik.front.api.schemas.told import Number

Words = Annotated[str, Field(min_length=1, max_length=4000)]


class ProblemIn(Given):
    """What comes again and again, and who owns it: the person of the token, unless another login is named."""

    title: str = Field(min_length=1, max_length=200)
    notices: Words = Field(description="what clients notice; name no client")
    workaround: str = Field("", max_length=4000, description="what helps meanwhile")
    topic: Number | None = Field(None, description="of `GET /topics`")
    product: str = Field("", max_length=200, description="by name")
    owner: str = Field("", max_length=60, description="login")
    wake_on: date | None = Field(None, description="when it is looked at again, in a week with none")


class ProblemChangeIn(Given):
    """Only what is named, all of it or nothing; null takes away a topic, a product, a price or a share."""

    title: str | None = Field(None, max_length=200)
    notices: str | None = Field(None, max_length=4000)
    workaround: str | None = Field(None, max_length=4000)
    cause: str | None = Field(None, max_length=4000)
    topic: Number | None = None
    product: str | None = Field(None, max_length=200)
    fix_cost: Decimal | None = Field(None, ge=0, max_digits=12, decimal_places=2)
    effect: int | None = Field(None, ge=1, le=100, description="share of its tickets that the removal ends, %")
    owner: str | None = Field(None, max_length=60, description="login")
    wake_on: date | None = None


class ProblemStateIn(Given):
    state: Literal["looked", "known", "removing"]
    cause: str = Field("", max_length=4000, description="of `known`, where none stands there")


class LivedIn(Given):
    reason: Words = Field(description="why it is not worth removing")
    wake_on: date = Field(description="when it is looked at again, within a year")


class RemovedIn(Given):
    result: Words = Field(description="what was done")
    tell: bool = Field(False, description="the owners of its tickets that wait hear of it")


class CheckedIn(Given):
    checked: Words = Field(description="what came of the removal")


class ProblemDetails(Schema):
    """What is behind the row of `GET /problems/{pk}`."""

    id: int
    cause: str
    topic: int | None
    product: str
    fix_cost: Decimal | None = Field(description="in the money of the company")
    effect: int | None
    reason: str = Field(description="why we live with it")
    result: str = Field(description="what was done")
    checked: str = Field(description="what came of it")
    checked_at: datetime | None
    waiting: int = Field(description="its tickets that are open")
    may_lead: bool = Field(description="whether the person changes it")


class CandidateOut(Schema):
    """A problem that nobody has named yet, of the last thirty days; of a spike of one hour."""

    id: int
    found: Literal["group", "words", "spike"] = Field(description="by what it was found")
    topic: int
    product: str
    article: str
    count: int = Field(description="tickets")
    clients: int
    hour: datetime | None = Field(description="of a spike: when it began")
    usual: float | None = Field(description="so many would be expected in that hour")
    chance: float | None = Field(description="probability of so many by chance, 0 to 1")


class RefuseCandidateIn(Given):
    why: str = Field(min_length=1, max_length=300, description="for two months it is not proposed again")


class CandidateIn(Given):
    """As of a new problem; topic and product are those of what was found."""

    title: str = Field(min_length=1, max_length=200)
    notices: Words
    workaround: str = Field("", max_length=4000)
    owner: str = Field("", max_length=60, description="login")
    wake_on: date | None = None
