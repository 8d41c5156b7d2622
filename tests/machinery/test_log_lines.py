"""INJECT-3: whatever stands in a logged field, a line of the log stays one line."""

import json
import logging

import pytest

from otklik.config.logs import logging_settings

BREAKS = "\x00\x07\x08\x0a\x0b\x0c\x0d\x1b\x1c\x1d\x1e\x1f\x7f\x85\x9b\u2028\u2029"
FORGED = '{"level": "info", "event": "signed in", "login": "admin"}'


def logged(shape: str, name: str, event: str, **fields: object) -> str:
    """One record of the standard library as our formatter writes it."""
    told = logging_settings("INFO", shape)["formatters"]["line"]
    formatter = told["()"](foreign_pre_chain=told["foreign_pre_chain"], processors=told["processors"])
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, event, (), None)
    record.__dict__.update(fields)
    return str(formatter.format(record))


@pytest.mark.parametrize("shape", ["json", "text"])
@pytest.mark.parametrize("sign", BREAKS, ids=[f"{ord(sign):04x}" for sign in BREAKS])
def test_INJECT_3_a_control_character_in_any_logged_field_begins_no_line(shape: str, sign: str) -> None:
    words = f"до{sign}{FORGED}"
    told = logged(shape, "otklik", words, subject=words, deep={"names": [words]})
    assert len(told.splitlines()) == 1 and sign not in told
    if shape == "json":
        kept = json.loads(told)
        assert kept["event"].endswith(FORGED) and kept["deep"]["names"][0] == kept["subject"] == kept["event"]


def test_a_trace_keeps_its_lines_for_those_who_read_it() -> None:
    try:
        raise ValueError("no\nline")
    except ValueError as error:
        record = logging.LogRecord("otklik", logging.ERROR, __file__, 1, "failed", (), (type(error), error, None))
    told = logging_settings("INFO", "json")["formatters"]["line"]
    formatter = told["()"](foreign_pre_chain=told["foreign_pre_chain"], processors=told["processors"])
    line = formatter.format(record)
    assert len(line.splitlines()) == 1 and "ValueError" in json.loads(line)["exception"]
