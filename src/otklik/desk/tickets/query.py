"""The grammar of a query: words, an "exact phrase", `name:value`, `name:"several words"`, a minus before each.

Reading never fails: what is no filter is a word, a quote that nobody closed ends with the query, many minuses are one
(the database has no place for two hundred).  Which filters there are and what they mean is said in `narrowing`.
"""

import re
from dataclasses import dataclass

LONGEST = 200
TOKEN = re.compile(r'(?P<minus>-*)(?:(?P<name>[A-Za-zА-Яа-яЁё_]+):(?!//))?(?P<value>(?:"[^"]*"?|[^\s"])*)')
NAMES = {
    "статус": "status",
    "владелец": "owner",
    "ответственный": "owner",
    "линия": "line",
    "тема": "topic",
    "продукт": "product",
    "метка": "tag",
    "тег": "tag",
    "приоритет": "priority",
    "поле": "field",
    "расстроен": "upset",
    "до": "before",
    "после": "after",
    "клиент": "client",
    "организация": "client",
    "контакт": "contact",
    "канал": "channel",
    "класс": "class",
    "срок": "due",
    "есть": "has",
    "от": "from",
    "номер": "number",
    "новое": "unread",
    "непрочитано": "unread",
    "участник": "participant",
    "упоминания": "mentions",
    "наблюдатель": "watcher",
    "слежу": "watcher",
}
"""Russian names of filters; English ones stand for themselves."""


@dataclass(frozen=True)
class Term:
    """One word, phrase (`exact`) or filter (`name`); `without` is a minus before it."""

    value: str
    name: str = ""
    without: bool = False
    exact: bool = False

    def __str__(self) -> str:
        quoted = self.exact or (self.name and re.search(r"\s|^//", self.value))
        value = f'"{self.value}"' if quoted else self.value
        return ("-" if self.without else "") + (f"{self.name}:" if self.name else "") + value


@dataclass(frozen=True)
class Query:
    """All that was asked for; printed, it reads the same again."""

    terms: tuple[Term, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Query":
        text = " ".join(text.replace("\x00", " ").split())[:LONGEST]
        found, place = [], 0
        while place < len(text):
            token = TOKEN.match(text, place)
            if token is None or token.end() == place:  # a blank
                place += 1
                continue
            place = token.end()
            found.append(_term(token))
        return cls(tuple(term for term in found if term is not None))

    @property
    def filters(self) -> list[Term]:
        return [term for term in self.terms if term.name]

    @property
    def words(self) -> str:
        """What is looked for in texts, as the database reads it."""
        return " ".join(str(term) for term in self.terms if not term.name)

    def __str__(self) -> str:
        return " ".join(str(term) for term in self.terms)


def _term(token: re.Match[str]) -> Term | None:
    written, without = token["value"], bool(token["minus"])
    value = " ".join(written.replace('"', "").split())
    if token["name"] is None:
        exact = '"' in written
        return Term(value, without=without, exact=exact) if value else None
    name = token["name"].lower().replace("ё", "е")
    if not value and name not in NAMES and name not in NAMES.values():
        return Term(f"{token['name']}:", without=without)  # the “Re:” of a subject
    return Term(value, NAMES.get(name, name), without)
