"""News of articles: numbers and codes alone, the words stand in the article."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class ArticleNews(News):
    about: ClassVar[str] = "article"
    key: ClassVar[str] = "article_id"

    article_id: int


@dataclass(frozen=True)
class ArticleBegun(ArticleNews):
    owner_id: int


@dataclass(frozen=True)
class ArticlePublished(ArticleNews):
    """A text that is read from now on; it is kept as this version."""

    version: int
    audience: str


@dataclass(frozen=True)
class ArticleWithdrawn(ArticleNews):
    pass


@dataclass(frozen=True)
class ArticleReviewed(ArticleNews):
    """Somebody read it anew and found it right."""


@dataclass(frozen=True)
class ArticleGiven(ArticleNews):
    owner_id: int
    was: int


@dataclass(frozen=True)
class ArticleFlagged(ArticleNews):
    flag_id: int


@dataclass(frozen=True)
class FlagSettled(ArticleNews):
    flag_id: int
    mended: bool


@dataclass(frozen=True)
class WordsErased(ArticleNews):
    """Words are gone from so many versions of it; which ones is told nowhere."""

    why: str
    in_versions: int


@dataclass(frozen=True)
class ArticleOverdue(ArticleNews):
    """Its review date has passed."""


@dataclass(frozen=True)
class ArticleUsed(News):
    """An article did something in a request."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"

    ticket_id: int
    article_id: int
    how: str


@dataclass(frozen=True)
class LinkJudged(News):
    """Somebody looked whether an article that stands in a request was the right one."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"

    ticket_id: int
    article_id: int
    fit: str
