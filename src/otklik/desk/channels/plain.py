"""A stranger's words as they may be shown in a line of ours."""

import unicodedata


def plain(text: str, *, lines: bool = False) -> str:
    """Without signs that are not seen and turn others around."""
    kept = "\n\t" if lines else ""
    shown = (sign if sign in kept or unicodedata.category(sign) not in ("Cc", "Cs") else " " for sign in text)
    return "".join(sign for sign in shown if sign not in _TURNING)


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
