"""Typography of texts we write ourselves, for output only; what a client wrote is shown as it was written.

Russian: no-break spaces where a line must not end, «quotes» with „inner“ ones, a real minus.  Doing it twice
gives the same.
"""

import re

from django.utils.translation import get_language

NBSP = "\N{NO-BREAK SPACE}"
UNITS = "мин|ч|с|дн|дня|дней|день|час|часа|часов|минут|минуты|минуту|шт|раз|раза|%|₽|р|КБ|МБ|ГБ|кг|м|км"
MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"

_SHORT = re.compile(r"(?<![\w-])([А-Яа-яЁё]{1,2}|для|при|под|над|без|или|что|как|обо|изо|про)[ \t]+(?=\S)")
_DASH = re.compile(r"[ \t]+(?=[—–](?:\s|$))")
_UNIT = re.compile(rf"(?<=\d)[ \t]+(?=(?:{UNITS}|{MONTHS})(?!\w))")
_THOUSANDS = re.compile(r"(?<=\d)[ \t](?=\d{3}(?!\d))")
_NUMBER_SIGN = re.compile(r"№[ \t]*(?=\d)")
_MINUS = re.compile(r"(?<![^\s(«„])-(?=\d)")
_OPENING = re.compile(r"(?:^|(?<=[\s(\[«„—–]))\"(?=\S)")


def ru_typo(text: str) -> str:
    """The text with Russian typography when the interface is Russian, unchanged otherwise."""
    return russian(text) if (get_language() or "").startswith("ru") else text


def russian(text: str) -> str:
    text = _MINUS.sub("\N{MINUS SIGN}", _quotes(text))
    text = _NUMBER_SIGN.sub(f"№{NBSP}", _DASH.sub(NBSP, text))
    text = _THOUSANDS.sub(NBSP, _UNIT.sub(NBSP, text))
    return _SHORT.sub(rf"\1{NBSP}", text)


def _quotes(text: str) -> str:
    """Straight quotes become «…», and „…“ inside of them; an odd one is left alone."""
    if text.count('"') % 2:
        return text
    out, depth = [], text.count("«") - text.count("»")
    if depth:
        return text
    for position, sign in enumerate(text):
        if sign == "«":
            depth += 1
        elif sign == "»":
            depth -= 1
        elif sign == '"':
            opens = bool(_OPENING.match(text, position)) or (position == 0)
            if opens:
                sign = "„" if depth else "«"
                depth += 1
            elif depth > 0:
                depth -= 1
                sign = "“" if depth else "»"
        out.append(sign)
    return "".join(out)
