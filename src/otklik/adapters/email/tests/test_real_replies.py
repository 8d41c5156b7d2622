"""Answers as mail programs write them, from the tests of a well-known program: what is new in them, and no more."""

import json
from typing import Any

import pytest

from otklik.adapters.email.parse.splitting import split
from otklik.core.formulas.tests.shared import real


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("path", real("vectors/reply_plain.json"))
def test_a_reply_is_what_was_written_now(path: Any) -> None:
    """For that program signatures are part of the reply.

    Two of its rows have one body and two answers: the longer loses no word of the client, and is ours.
    """
    rows = json.loads(path.read_text())["vectors"]
    assert len(rows) > 20
    wanted: dict[str, str] = {}
    for row in rows:
        wanted[row["body"]] = max(wanted.get(row["body"], ""), row["reply"], key=len)
    told = []
    for body, reply in wanted.items():
        found = split(body)
        if lines_of(f"{found.new}\n{found.signature}") != lines_of(reply):
            told.append(f"{body!r}: {found.new!r}, not {reply!r}")
    assert told == []
