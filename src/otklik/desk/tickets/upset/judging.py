"""Judging a text: a sum of strong signs, no model.

Precision comes before recall: a calm client who is marked costs trust in the mark, an upset one who is not marked
costs what it cost before (docs/decisions/0032).  Each sign counts once, so neither the order of sentences nor saying a
thing twice changes anything; what somebody else said, in quoted lines or between quotation marks, does not count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from otklik.desk.tickets.upset import english, russian

ENOUGH = 3
"""Weight from which on a message is that of an upset client."""
LONGEST = 4_000
"""Characters that are read: who is upset says so early, and nobody waits for a book."""
MOST_WORDS, LONGEST_WORDS = 4, 60

WORD = re.compile(r"[\w'’-]+")
SENTENCE = re.compile(r"[^\s.!?…][^.!?…\n]*[.!?…]*")
CLAUSE_ENDS = re.compile(r"[,;:()·—–]")
BETWEEN_MARKS = re.compile(r"«[^«»\n]*»|“[^“”\n]*”|\"[^\"\n]*\"")
POLITE = re.compile(r"\b(?:спасибо|благодар\w+|пожалуйста|извини\w*|please|thanks?|sorry)\b")
LOUD = re.compile(r"[!?]{3,}")
SHOUTED = re.compile(r"\b[A-ZА-ЯЁ]{2,}(?:[ ,-]+[A-ZА-ЯЁ]{2,}\b){2,}")
ANGRY_FACES = re.compile("[😠😡🤬👿💢]")
BEHIND = 80
"""Characters before a sign in which a negation may stand."""
SHOUT_FROM = 14
"""Letters in a row of capital words: fewer are abbreviations."""

NEGATIONS = {"не", "not", "never", "cannot"}
NEAR_NEGATIONS = {"нет", "ни", "без", "никаких", "никакой", "no", "without"}
"""These reach the next word or the one after it."""
NOT_JUST = {"просто", "только", "just", "only", "even"}

SIGNS = (*russian.SIGNS, *english.SIGNS)
_patterns = [(sign, re.compile(sign.pattern)) for sign in SIGNS]
_by_stem: dict[str, list[int]] = {}
for _number, _sign in enumerate(SIGNS):
    for _stem in _sign.stems:
        _by_stem.setdefault(_stem, []).append(_number)
_stems = frozenset(_by_stem)


@dataclass(frozen=True)
class Judgement:
    """The weight of all signs, and the words that say most, the heaviest first."""

    weight: int = 0
    words: tuple[str, ...] = ()

    @property
    def is_upset(self) -> bool:
        return self.weight >= ENOUGH


def judge(text: str) -> Judgement:
    """Of what the client wrote now, in either language."""
    heaviest: dict[object, tuple[int, str]] = {}
    for sentence in SENTENCE.findall(_own_words(text[:LONGEST])):
        for key, weight, words in (*_tones(sentence), *_signs(sentence)):
            heaviest[key] = max(heaviest.get(key, (0, "")), (weight, words))
    found = sorted(heaviest.values(), key=lambda one: (-one[0], one[1]))
    said = dict.fromkeys(words[:LONGEST_WORDS] for _weight, words in found)
    return Judgement(sum(weight for weight, _words in found), tuple(said)[:MOST_WORDS])


def _own_words(text: str) -> str:
    """Paragraphs, each on one line, without what somebody else said."""
    lines = (" ".join(line.split()) for line in text.splitlines() if not line.startswith(">"))
    return BETWEEN_MARKS.sub(" · ", " ".join(line or "\n" for line in lines))


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def _tones(sentence: str) -> Iterator[tuple[str, int, str]]:
    """How it is said, whatever is said; none of these is enough by itself."""
    if loud := LOUD.search(sentence):
        yield "loud", 1, loud[0][:3]
    if (shouted := SHOUTED.search(sentence)) and sum(map(str.isalpha, shouted[0])) >= SHOUT_FROM:
        yield "shouted", 2, shouted[0]
    if face := ANGRY_FACES.search(sentence):
        yield "face", 2, face[0]


def _signs(sentence: str) -> Iterator[tuple[int, int, str]]:
    plain = _plain(sentence).strip()
    near = _stems.intersection(word[:4] for word in WORD.findall(plain))
    if not near:
        return
    for number in {number for stem in near for number in _by_stem[stem]}:
        sign, pattern = _patterns[number]
        for found in pattern.finditer(plain):
            weight = sign.weight - bool(POLITE.search(plain))
            if weight and not _negated(sign.reach, plain[: found.start()], found[0]):
                yield number, weight, found[0].strip()


def _negated(reach: int, before: str, found: str) -> bool:
    """«Это не безобразие», "we are not upset"; but not «не просто безобразие», and not across a comma."""
    if not reach:
        return False
    leading = WORD.findall(CLAUSE_ENDS.split(before[-BEHIND:])[-1])[-reach:]
    words = [*leading, *WORD.findall(found), ""]
    for place, (word, following) in enumerate(pairwise(words)):
        is_near = len(leading) - 2 <= place < len(leading)
        if following not in NOT_JUST and (_negates(word) or (is_near and word in NEAR_NEGATIONS)):
            return True
    return False


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith(("n't", "n’t"))
