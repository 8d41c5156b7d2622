"""A mail passed on inside another, as read from the text."""

import re

from otklik.adapters.email.parse.attribution import FORWARD, LABEL_LINE, SEPARATOR, may_label, may_separate
from otklik.adapters.email.parse.heads import Head, head_at, one_line_head, people, person, unquoted
from otklik.adapters.email.parse.limits import Limits
from otklik.adapters.email.parse.parsed import Forwarded
from otklik.adapters.email.parse.splitting import attribution_at

# How "Fwd:" is written by mail programs of other languages.
_PREFIX = re.compile(
    r"\s*(?:fwd?|wg|tr|rv|vs|vb|vl|enc|pd|i|doorst|redir|trs|vd|vidarebef|továbbítás|переслано|на|转发|転送|iletilmiş|ynl|tov"
    r"|prek|fs|пер|ilt)\s*\.?\s*:\s*",
    re.IGNORECASE,
)
_LONGEST = 3_000  # lines looked at


def forwarded(subject: str, text: str, limits: Limits) -> Forwarded | None:
    """What was passed on: under a "forwarded message" line, or in a mail whose subject says so."""
    if not text or ("@" not in text and not _PREFIX.match(subject)):
        return None
    lines = text[: limits.text].split("\n")[:_LONGEST]
    prefix = _PREFIX.match(subject)
    for index, line in enumerate(lines):
        if not line or line.isspace():
            continue
        if may_separate(line) or "---" in line[:40]:
            if pieces := one_line_head(line):
                return _made(lines[:index], [*pieces[1:], *lines[index + 1 :]], subject, start=0)
            if _announces(line) and head_at(lines, index + 1).fields.get("from"):
                return _made(lines[:index], lines, subject, start=index + 1)
        if prefix and may_label(line) and LABEL_LINE.match(line[:300]) and head_at(lines, index).complete:
            return _made(_without_rule(lines[:index]), lines, subject, start=index)
        if prefix and (length := attribution_at(lines, index)):
            return _attributed(lines, index, length, subject[prefix.end() :])
    return None


def _announces(line: str) -> bool:
    return bool(SEPARATOR.match(line[:300]) and FORWARD.search(line[:300]))


def _without_rule(above: list[str]) -> list[str]:
    while above and not above[-1].strip("_-> \t"):
        above = above[:-1]
    return above


def _made(above: list[str], lines: list[str], subject: str, *, start: int) -> Forwarded | None:
    head = head_at(lines, start)
    body = _body(lines, head)
    sender = person(head.fields.get("from", ""))
    prefix = _PREFIX.match(subject)
    return Forwarded(
        sender_name=sender.name,
        sender_address=sender.address,
        to=people(head.fields.get("to", "")),
        cc=people(head.fields.get("cc", "")),
        subject=head.fields.get("subject") or subject[prefix.end() if prefix else 0 :],
        body=body,
        message_above="\n".join(above).strip(),
        date_text=head.fields.get("date", "")[:200],
    )


def _body(lines: list[str], head: Head) -> str:
    """The text under the head, freed from the quote marks the head has or its first line has."""
    rest = lines[head.end :]
    marked = any(line.lstrip().startswith(">") for line in lines[max(0, head.end - 1) : head.end + 3])
    if marked:
        rest = [re.sub(r"^\s?>\s?", "", line) for line in rest]
    return "\n".join(rest).strip()


def _attributed(lines: list[str], index: int, length: int, subject: str) -> Forwarded:
    """New desktop programs write "On <date> <somebody> wrote:" over what they pass on."""
    words = " ".join(unquoted(line) for line in lines[index : index + length])
    match = re.search(r"(?:(?<=[\d,:]\s)|^|\"|používateľ\s)([^\d,:<>()\"]{2,60}?)\"?\s*\(?<[^<>\s]+@[^<>\s]+>", words)
    sender = person(words)
    name = match[1].strip().removeprefix("používateľ ") if match else ""
    body = "\n".join(lines[index + length :]).strip()
    return Forwarded(name, sender.address, (), (), subject.strip(), body, "\n".join(lines[:index]).strip())
