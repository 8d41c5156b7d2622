"""A text to somebody whose name nobody knows: without the place of the name, and without its comma."""

import re

GREETING = (
    r"здравствуй(?:те)?|приветству(?:ем|ю)|привет|добр(?:ый день|ый вечер|ое утро|ого дня|ого вечера|ого утра)"
    r"|доброго времени суток|hello|hi|hey|good (?:day|morning|afternoon|evening)|\{greeting\}"
)
"""How a letter begins, in any case of letters; HONOUR stands before the name, or alone instead."""
_HONOURS = {"Здравствуйте": r"уважаем\w+(?:\(\w+\)|/\w+)?", "Hello": r"dear"}
HONOUR = "|".join(_HONOURS.values())
_START = r"(^|[.!?…]\s+|\n\s*)"
_PAUSE = r"(?=[ \t]*(?:[!,.?:…\n]|$))"


def nameless(text: str, place: str) -> str:
    """The text without the name where it only addresses; `place` is the pattern of its place, without groups.

    «Добрый день, {name}!» becomes «Добрый день!», «{name}, понимаю» becomes «Понимаю», «Hello {name},» and
    «Dear {name},» become «Hello,»; a line of the name alone goes.  Where a sentence speaks of the person («Передал
    {name}») the place stays for somebody to fill in.
    """
    text = re.sub(rf"(\*\*|__|[*_])({place})\1", r"\2", text)
    text = re.sub(rf"(?<!\w)((?i:{GREETING}))[ \t]*,?[ \t]*(?:(?i:{HONOUR})[ \t]+)?{place}{_PAUSE}", r"\1", text)
    for hello, honour in _HONOURS.items():
        text = re.sub(rf"{_START}(?i:{honour})[ \t]+{place}{_PAUSE}", rf"\1{hello}", text)
    text = re.sub(rf"(^|\n)[ \t]*{place}[ \t]*[,!.:…][ \t]*(?:\n\s*(.)|$)", _begun, text)
    text = re.sub(rf"{_START}{place}[,!.:…][ \t]*(.)", _begun, text)
    return re.sub(rf",[ \t]*{place}{_PAUSE}", "", text)


def _begun(found: re.Match[str]) -> str:
    """What follows begins the sentence instead."""
    return f"{found[1]}{(found[2] or '').upper()}"
