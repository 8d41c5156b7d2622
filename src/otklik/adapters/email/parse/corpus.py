"""How well mail is read: compares what comes out with what the authors of sample mails say must come out.

An index is a file of JSON lines: `file` (below a folder), `kind` and `expect`. `score()` counts right fields by kind and by
corpus, which is the first folder of a file. Contested expectations (`file`, `field`, `why`: the sample itself says
otherwise) are counted apart, and those that are no misses any more are named.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from otklik.adapters.email.parse.parsed import DeliveryStatus, Forwarded, ParsedMail
from otklik.adapters.email.parse.reading import parse

Expect = dict[str, Any]

_BARE = frozenset({"reply_text", "reply_html", "signature", "forwarded_text"})  # kinds whose text files are bodies
_WINMAIL = b"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
_SPACE = re.compile(r"\s+")


@dataclass
class Score:
    """Fields right and wrong by kind and corpus; `misses` are (file, field, expected, got)."""

    contested: dict[tuple[str, str], str] = field(default_factory=dict)
    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    of_corpus: dict[str, list[int]] = field(default_factory=dict)  # right, fields, contested
    met: set[tuple[str, str]] = field(default_factory=set)
    misses: list[tuple[str, str, Any, Any]] = field(default_factory=list)

    def note(self, kind: str, file: str, name: str, expected: Any, got: Any, *, ok: bool) -> None:
        self.total[kind] += 1
        self.right[kind] += ok
        is_contested = not ok and (file, name) in self.contested
        counts = self.of_corpus.setdefault(file.partition("/")[0], [0, 0, 0])
        counts[0] += ok
        counts[1] += 1
        counts[2] += is_contested
        self.met |= {(file, name)} if is_contested else set()
        if not ok:
            self.misses.append((file, name, expected, got))

    def as_dict(self) -> dict[str, Any]:
        kinds = {
            kind: {"right": self.right[kind], "fields": total, "share": round(self.right[kind] / total, 4)}
            for kind, total in sorted(self.total.items())
        }
        right, total = self.right.total(), self.total.total()
        misses = [
            {
                **dict(zip(("file", "field", "expected", "got"), miss, strict=True)),
                "contested": self.contested.get(miss[:2], ""),
            }
            for miss in self.misses
        ]
        return {
            "right": right,
            "fields": total,
            "share": round(right / total, 4) if total else None,
            "kinds": kinds,
            "corpora": {name: _corpus(*counts) for name, counts in sorted(self.of_corpus.items())},
            "contested_in_vain": [" ".join(one) for one in self.contested if one not in self.met],
            "misses": misses,
        }


def _corpus(right: int, fields: int, contested: int) -> dict[str, Any]:
    """`share` is of what nobody contests."""
    certain = fields - contested
    share = round(right / certain, 4) if certain else None
    return {"right": right, "fields": fields, "contested": contested, "share": share}


def contested_in(path: Path) -> dict[tuple[str, str], str]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {(row["file"], row["field"]): row["why"] for row in rows}


def score(
    index: Path | str, folder: Path | None = None, contested: dict[tuple[str, str], str] | None = None
) -> dict[str, Any]:
    """Read every mail of an index that has expectations and count the fields that are right."""
    index = Path(index)
    result = Score(contested or {})
    for record, case in cases(index):
        mail = parse(raw_of(folder or index.parent, record, case))
        either = "accept either" in str(case.get("note"))
        for name, expected in case.items():
            if checker := CHECKS.get(name):
                ok, got = checker(mail, expected)
                result.note(record["kind"], record["file"], name, expected, got, ok=ok or (either and expected == []))
    return result.as_dict()


def cases(index: Path) -> Iterator[tuple[dict[str, Any], Expect]]:
    """(record, expectation) pairs; a record may hold several."""
    for line in index.read_text(encoding="utf-8").splitlines():
        record = json.loads(line) if line.strip() else {}
        expect = record.get("expect") or {}
        for case in expect.get("cases") or ([expect] if expect else []):
            yield record, case


def raw_of(folder: Path, record: dict[str, Any], case: Expect) -> bytes:
    """The mail of a record; a bare body gets the header it lacks."""
    path = folder / record["file"]
    raw = path.read_bytes()
    if record["kind"] == "tnef":
        return _WINMAIL + base64.encodebytes(raw)
    if record["kind"] not in _BARE or path.suffix in (".eml", ".msg"):
        return raw
    subject = b"sample"
    if case.get("subject_file"):
        subject = b"Subject: " + (path.parent / case["subject_file"]).read_bytes().strip().replace(b"\n", b" ")
    else:
        subject = b"Subject: sample"
    media = b"text/html" if path.suffix == ".html" else b"text/plain"
    return subject + b"\nContent-Type: " + media + b"; charset=utf-8\n\n" + raw


Check = Callable[[ParsedMail, Any], tuple[bool, Any]]


def _same(read: Callable[[ParsedMail], Any]) -> Check:
    def check(mail: ParsedMail, expected: Any) -> tuple[bool, Any]:
        got = read(mail)
        return got == expected, got

    return check


def _recipients(action: str) -> Check:
    def check(mail: ParsedMail, expected: list[str]) -> tuple[bool, Any]:
        got = sorted({one.recipient.lower() for one in mail.dsn if _side(one) == action and one.recipient})
        return got == sorted(address.lower() for address in expected), got

    return check


def _side(status: DeliveryStatus) -> str:
    return "failed" if status.permanent else "delayed" if status.action in ("delayed", "failed") else ""


def _code(mail: ParsedMail, expected: int) -> tuple[bool, Any]:
    got = [one.diagnostic for one in mail.dsn]
    return any(str(expected) in text for text in got), got


def _reason(mail: ParsedMail, expected: str) -> tuple[bool, Any]:
    got = [one.reason for one in mail.dsn]
    return expected in got, got


def _reply(mail: ParsedMail, expected: str) -> tuple[bool, Any]:
    """Authors differ on whether a signature belongs to the reply: with it or without it is right."""
    whole = f"{mail.new_text}\n{mail.signature}"
    return _flat(expected) in (_flat(mail.new_text), _flat(whole)), mail.new_text


def _reply_matches(mail: ParsedMail, expected: list[str]) -> tuple[bool, Any]:
    return all(re.search(pattern, mail.new_text, re.MULTILINE) for pattern in expected), mail.new_text


def _whole(mail: ParsedMail, expected: bool) -> tuple[bool, Any]:
    got = _flat(f"{mail.new_text}\n{mail.signature}") == _flat(mail.text)
    return got == expected, mail.new_text


def _text(mail: ParsedMail, expected: str) -> tuple[bool, Any]:
    return _flat(expected) in _flat(mail.text), mail.text


def _signature(mail: ParsedMail, expected: str) -> tuple[bool, Any]:
    return _flat(mail.signature) == _flat(expected), mail.signature


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _forwarded(read: Callable[[Forwarded], Any]) -> Check:
    def check(mail: ParsedMail, expected: Any) -> tuple[bool, Any]:
        got = read(mail.forwarded) if mail.forwarded else None
        if isinstance(expected, str) and isinstance(got, str):
            return _flat(got) == _flat(expected), got
        return (got or None) == (expected or None), got

    return check


CHECKS: dict[str, Check] = {
    "is_bounce": _same(lambda mail: mail.automatic == "bounce"),
    "is_auto_reply": _same(lambda mail: mail.automatic in ("auto_reply", "challenge")),
    "is_challenge_response": _same(lambda mail: mail.automatic == "challenge"),
    "is_feedback_loop": _same(lambda mail: mail.automatic == "feedback"),
    "bounced_permanent": _recipients("failed"),
    "bounced_temporary": _recipients("delayed"),
    "smtp_code": _code,
    "status": lambda mail, expected: (
        expected in [one.status for one in mail.dsn],
        [one.status for one in mail.dsn],
    ),
    "reason_class": _reason,
    "original_message_id": _same(lambda mail: f"<{mail.original_message_id}>"),
    "text": _text,
    "reply_text": _reply,
    "reply_matches": _reply_matches,
    "whole_text_is_reply": _whole,
    "signature": _signature,
    "forwarded": _same(lambda mail: mail.forwarded is not None),
    "from_addr": _forwarded(lambda forward: forward.sender_address),
    "from_name": _forwarded(lambda forward: forward.sender_name),
    "to": _forwarded(lambda forward: [one.address or one.name for one in forward.to]),
    "cc": _forwarded(lambda forward: [one.address or one.name for one in forward.cc]),
    "body": _forwarded(lambda forward: forward.body),
    "message_above": _forwarded(lambda forward: forward.message_above),
    "subject": lambda mail, expected: (
        _flat(expected) in (mail.subject, mail.forwarded.subject if mail.forwarded else ""),
        [mail.subject, mail.forwarded and mail.forwarded.subject],
    ),
    "attachments_by_tnefparse": lambda mail, expected: (
        sorted(expected) == sorted(file.original_name for file in mail.attachments[1:]),
        [file.original_name for file in mail.attachments[1:]],
    ),
}
