"""Which strings in the plain values of an entry are codes of ours; every other string may be somebody's words."""

import re
from collections.abc import Collection
from typing import Any

CODE = re.compile(r"[\w.:+-]{0,40}", re.ASCII)


def washed(data: dict[str, Any], kind: str, codes: Collection[str]) -> dict[str, Any]:
    """The same values without words: numbers, moments and declared codes stay."""
    return {key: _washed(value, key in codes or f"{kind}.{key}" in codes) for key, value in data.items()}


def _washed(value: Any, is_code: bool) -> Any:
    if isinstance(value, str):
        return value if is_code and CODE.fullmatch(value) else ""
    if isinstance(value, list):
        return [one for one in value if not isinstance(one, str | list | dict)]
    return {} if isinstance(value, dict) else value
