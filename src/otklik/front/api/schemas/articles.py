"""The knowledge base as programs read and write it."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given, PersonOut
from otklik.front.api.schemas.told import Number

State = Literal["draft", "published", "withdrawn"]
Audience = Literal["internal", "public"]
Language = Literal["ru", "en"]
Edition = Annotated[int, Field(ge=1, lt=2**31, description="the `edition` that you read; 409 when it is another now")]


class SectionOut(Schema):
    """A shelf of the base, in the order of the pages."""

    id: int
    name: str
    name_en: str
    place: int
    articles: int = Field(description="how many stand in it, drafts and withdrawn ones, too")


class SectionIn(Given):
    """A shelf as it is from now on; smaller places come first."""

    name: str = Field(min_length=1, max_length=80)
    name_en: str = Field("", max_length=80, description="for readers of English; empty: they see the name")
    place: int = Field(100, ge=0, le=32767)


class ArticleHit(Schema):
    """An article that was found; `snippet` is the place where the words stand, in plain text."""

    id: int
    title: str
    state: State
    audience: Audience
    language: Language
    snippet: str


class ArticleRow(Schema):
    """An article without its text; `original_id` of a translation is the article that was first."""

    id: int
    title: str
    state: State
    audience: Audience
    language: Language
    section_id: int | None
    original_id: int | None
    owner: PersonOut
    review_on: date = Field(description="by then its owner reads it anew, of a draft by then it is finished")
    published_at: datetime | None
    changed_at: datetime
    edition: int = Field(description="grows by one with each change")


class ArticleOut(ArticleRow):
    """With its text, in Markdown."""

    text: str
    reviewed_at: datetime | None
    can_change: bool


class ArticleFigures(Schema):
    """What an article did: `views` of clients, `used` in answers and notes, and what readers said of it."""

    views: int
    used: int
    helped: int
    helped_not: int


class VersionRow(Schema):
    """A text that was read from `at` on, until the next one."""

    number: int
    title: str
    audience: Audience
    by: PersonOut
    at: datetime


class VersionOut(VersionRow):
    text: str


class FlagOut(Schema):
    """Somebody says that the article is wrong; `answer` says why it is right, where nothing was `mended`."""

    id: int
    text: str
    ticket: int | None = Field(description="in which it was noticed, where the person of the token sees it")
    by: PersonOut
    at: datetime
    due_at: datetime
    done_at: datetime | None
    mended: bool
    answer: str


class OpinionOut(Schema):
    """Whether it helped a client; `missing` is what they looked for in vain, without addresses and numbers."""

    id: int
    edition: int
    helped: bool
    missing: str
    at: datetime


class ArticleChange(Given):
    """What an article says, for whom, and where it stands."""

    title: str = Field(min_length=1, max_length=200, description="as a client would ask")
    text: str = Field(min_length=1, max_length=60_000, description="Markdown")
    section_id: Number | None = Field(None, description="of `GET /articles/sections`; nothing is published without one")
    audience: Audience = "internal"


class ArticleIn(ArticleChange):
    """A draft of an article, of which the person of the token is the owner."""

    language: Language = "ru"
    original_id: Number | None = Field(None, description="the article of which it is a translation")
    ticket: Number | None = Field(None, description="the request of which it is made")


class ArticlePut(ArticleChange):
    """All that it says from now on; for whom and where it stands only where that is said, too."""

    section_id: Number | None = Field(None, description="left out it stays as it is; null takes it from its shelf")
    audience: Audience | None = Field(None, description="left out it stays as it is")  # type: ignore[assignment]
    edition: Edition
    mends: list[Number] = Field([], max_length=20, description="ids of open flags that the new words settle")


class OwnerIn(Given):
    owner: str = Field(min_length=1, max_length=60, description="login of who answers for it from now on")


class RestoreIn(Given):
    edition: Edition


class FlagIn(Given):
    """What is wrong or outdated; its owner hears of it at once."""

    text: str = Field(min_length=1, max_length=1000)
    ticket: Number | None = Field(None, description="in which it was noticed")


class FlagAnswerIn(Given):
    answer: str = Field(min_length=1, max_length=1000, description="why it is right as it stands")
