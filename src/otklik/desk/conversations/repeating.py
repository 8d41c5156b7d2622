"""What somebody has written again and again, word for word: worth keeping as a saved reply (UI-104)."""

import re
from collections import Counter
from dataclasses import dataclass

from django.db.models import Max

from otklik.core.staff.models import User
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.models import Message, SavedReply

TIMES = 3
LETTERS = 60
"""A shorter paragraph (a greeting, a signature) is no text to keep."""
LOOKED_AT = 300
"""Answers of the person, the newest: what was written long ago is not asked about."""
BEHIND = 50_000
"""Messages of everybody among which these are looked for, so that the page costs the same in a huge desk."""
SHOWN = 3
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Repeated:
    """A paragraph as it was written last, and in how many talks it stood."""

    text: str
    times: int


def repeated(user: User) -> list[Repeated]:
    """The most frequent first; what stands in a saved reply that they may use is left out."""
    newest = Message.objects.aggregate(newest=Max("pk"))["newest"] or 0
    theirs = Message.objects.answers().filter(author=user, pk__gt=newest - BEHIND).order_by("-pk")
    shown: dict[str, str] = {}
    talks: dict[str, set[int]] = {}
    for talk, text in theirs.values_list("conversation_id", "new_text")[:LOOKED_AT]:
        for paragraph in _paragraphs(text):
            key = _key(paragraph)
            shown.setdefault(key, paragraph)
            talks.setdefault(key, set()).add(talk)
    often = Counter({key: len(found) for key, found in talks.items() if len(found) >= TIMES})
    kept = _kept(user) if often else ""
    fresh = [(key, times) for key, times in often.most_common() if key not in kept]
    return [Repeated(shown[key], times) for key, times in fresh[:SHOWN]]


def _paragraphs(text: str) -> list[str]:
    found = (part.strip() for part in re.split(r"\n\s*\n", text))
    return [
        part for part in found if len(part) >= LETTERS and not part.startswith(">") and not placeholders.holes(part)
    ]


def _key(text: str) -> str:
    """Words alone: another comma is the same text."""
    return " ".join(_WORDS.findall(text.casefold().replace("ё", "е")))


def _kept(user: User) -> str:
    texts = SavedReply.objects.usable_by(user).values_list("text", "text_en")[:500]
    return "\n".join(_key(text) for pair in texts for text in pair)
