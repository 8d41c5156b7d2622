"""Rules, macros and webhooks as programs see and tell them."""

from datetime import datetime, time
from typing import Any, Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given


class ConditionShape(Given):
    fact: str = Field(max_length=40, description="as `GET /rules/words` lists them")
    how: str = Field(max_length=10)
    value: list[str] | str | int | float | bool | None = None


class RuleIn(Given):
    """A whole rule; what is left out is as in a new one."""

    name: str = Field(min_length=1, max_length=120)
    on: bool = True
    trigger: Literal["event", "due", "since", "schedule"]
    what: str = Field("", max_length=20, description="the event, the moment or the state")
    minutes: int = Field(
        0, ge=-129_600, le=129_600, description="before (negative) or after the moment; how long it lasts"
    )
    days: list[int] = Field(default=[], max_length=7, description="0 is Monday")
    at_time: time | None = Field(None, description="of a schedule, in the time zone of the company")
    matches: Literal["all", "any"] = "all"
    stops: bool = False
    hourly: int = Field(200, ge=1, le=10_000)
    conditions: list[ConditionShape] = Field(default=[], max_length=20)
    acts: list[dict[str, Any]] = Field(min_length=1, max_length=20, description='`{"act": "tag", "tags": "vip"}`')


class RuleOut(Schema):
    id: int
    name: str
    state: str
    position: int
    trigger: str
    what: str
    minutes: int
    days: list[int]
    at_time: time | None
    matches: str
    stops: bool
    hourly: int
    conditions: list[dict[str, Any]]
    acts: list[dict[str, Any]]
    when: str
    paused_why: str


class WordOut(Schema):
    name: str
    label: str


class FactOut(WordOut):
    hows: list[str]
    values: list[WordOut]


class InputOut(WordOut):
    kind: str
    required: bool
    values: list[WordOut]


class ActOut(WordOut):
    inputs: list[InputOut]
    in_macros: bool


class WordsOut(Schema):
    """Everything that rules are made of."""

    events: list[WordOut]
    moments: list[WordOut]
    states: list[WordOut]
    facts: list[FactOut]
    acts: list[ActOut]


class FiringOut(Schema):
    id: int
    ticket: int
    at: datetime
    why: str
    facts: list[str]
    done: list[dict[str, str]]
    in_trouble: bool


class PreviewOut(Schema):
    looked_at: int
    matched: int
    examples: list[int]


class AnswerOut(Schema):
    said: str
    holds: bool
    told: str


class DryRunOut(Schema):
    fits: bool
    answers: list[AnswerOut]
    acts: list[str]


class SwitchIn(Given):
    on: bool


class MacroIn(Given):
    name: str = Field(min_length=1, max_length=120)
    about: str = Field("", max_length=200)
    line: str = Field("", max_length=80, description="name of the line; everybody's when empty")
    text: str = Field("", max_length=20_000)
    acts: list[dict[str, Any]] = Field(default=[], max_length=20)
    on: bool = True


class MacroOut(Schema):
    id: int
    name: str
    about: str
    line: str | None
    text: str
    acts: list[dict[str, Any]]
    does: list[str]
    on: bool


class ApplyIn(Given):
    macro: int


class AppliedOut(Schema):
    """What was done; `text` is for the answer and was not sent."""

    id: int
    done: list[dict[str, str]]
    text: str
    undoable: bool


class UndoneOut(Schema):
    stayed: list[str]


class WebhookIn(Given):
    name: str = Field(min_length=1, max_length=120)
    url: str = Field(min_length=1, max_length=1000)
    events: list[str] = Field(default=[], max_length=100)
    on: bool = True


class WebhookOut(Schema):
    id: int
    name: str
    url: str
    events: list[str]
    state: str
    failing_since: datetime | None


class SecretOut(WebhookOut):
    """With its secret, which is told this once."""

    secret: str


class CallOut(Schema):
    id: int
    event: str
    ticket: int | None
    at: datetime
    state: str
    tries: list[dict[str, Any]]
    next_at: datetime | None
