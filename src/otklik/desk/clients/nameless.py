"""A text to somebody whose name nobody knows: without the place of the name, and without its comma."""

import re


def nameless(text: str, place: str) -> str:
    """The text without the name where it only addresses; `place` is the pattern of its place.

    «Добрый день, {name}!» becomes «Добрый день!», «{name}, понимаю» becomes «Понимаю», «Hello {name},» «Hello,».
    Where a sentence speaks of the person («Передал {name}») the place stays for somebody to fill in.
    """
    text = re.sub(rf"(^|[.!?…]\s+|\n\s*){place},[ \t]*(.)", lambda found: found[1] + found[2].upper(), text)
    text = re.sub(rf",[ \t]*{place}(?=[ \t]*(?:[!,.?…\n]|$))", "", text)
    return re.sub(rf"((?:^|\n)[^\n,.!?]{{1,40}}?)[ \t]+{place}(?=!|,[ \t]*(?:\n|$))", r"\1", text)
