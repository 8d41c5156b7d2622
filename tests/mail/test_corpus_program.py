"""`otklik mail corpus`: how well mail is read, without a database."""

import json
from pathlib import Path
from typing import Any

import pytest

from otklik.config import cli
from otklik.config.cli import Trouble, mail

BOUNCE = "From: MAILER-DAEMON@volga.example\nSubject: Undelivered Mail\n\nanna@volga.example: user unknown\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One mail that is read as expected, and one expectation that is wrong."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "bounce.eml").write_text(BOUNCE)
    (tmp_path / "one" / "letter.eml").write_text("From: anna@volga.example\nSubject: Hello\n\nHello\n")
    rows: list[dict[str, Any]] = [
        {"file": "one/bounce.eml", "kind": "bounce", "expect": {"is_bounce": True}},
        {"file": "one/letter.eml", "kind": "bounce", "expect": {"is_bounce": True}},
    ]
    (tmp_path / "index.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "contested.jsonl").write_text(
        json.dumps({"file": "one/letter.eml", "field": "is_bounce", "why": "a letter of a person"})
    )
    return tmp_path


def run(*words: str) -> int:
    return mail.run(cli.build_parser(["mail"]).parse_args(["mail", "corpus", *words]))


def test_it_prints_figures_and_misses_and_fails_below_the_target(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(corpus)) == cli.FAILED

    said = capsys.readouterr().out
    assert "50.0%" in said and "one/letter.eml is_bounce: expected True, read False" in said


def test_what_a_sample_contradicts_is_counted_apart(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = ("--expected", str(corpus / "index.jsonl"), "--contested", str(corpus / "contested.jsonl"))

    assert run(str(corpus), *expected, "--json") == cli.DONE

    told = json.loads(capsys.readouterr().out)
    assert told["corpora"] == {"one": {"right": 1, "fields": 2, "contested": 1, "share": 1.0}}
    assert told["misses"][0]["contested"] == "a letter of a person"
    assert told["contested_in_vain"] == []


def test_a_list_that_is_not_true_any_more_is_told(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = {"file": "one/bounce.eml", "field": "is_bounce", "why": "was read wrong"}
    (corpus / "contested.jsonl").write_text(json.dumps(gone))

    run(str(corpus), "--contested", str(corpus / "contested.jsonl"))

    assert "contested, but read as expected: one/bounce.eml is_bounce" in capsys.readouterr().out


def test_a_missing_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"index\.jsonl"):
        run(str(tmp_path))
