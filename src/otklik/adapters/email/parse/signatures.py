"""Where the letter ends and the signature begins: only signs that can hardly be anything else."""

import re

from otklik.adapters.email.parse.attribution import MOBILE

_DASHES = re.compile(r"\s{0,2}(?:--|—|––|__)\s*\Z")
_LONGEST = 15  # lines with something on them


def without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """(letter, signature). A signature never takes the whole letter."""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not line.strip():
            continue
        if _is_start(line) and any(other.strip() for other in lines[:index]):
            return lines[:index], lines[index:]
        if sum(bool(other.strip()) for other in lines[index:]) > _LONGEST:
            break
    return lines, []


def _is_start(line: str) -> bool:
    return bool(_DASHES.match(line) or MOBILE.match(line.strip()[:200]))
