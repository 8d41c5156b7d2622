"""Raw mails for the intake: half plain, half with HTML beside the text, every fifth with a file of 20 KB."""

import base64
import quopri
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, make_msgid

from benchmarks.history import address
from benchmarks.words import Author


def mails(seed: str, many: int, people: int, to: str) -> Iterator[bytes]:
    """Four of five are from people the desk knows.  Another seed gives other Message-IDs, or nothing would be new."""
    author, rnd = Author(seed), random.Random(f"{seed}-mails")
    for number in range(many):
        person = rnd.randrange(people) if number % 5 else 10**7 + rnd.randrange(10**7)
        yield _mail(author, rnd, number, person, to)


def _mail(author: Author, rnd: random.Random, number: int, person: int, to: str) -> bytes:
    lang = "ru" if rnd.random() < 0.7 else "en"
    text = author.body(lang)
    sender = address(person)
    lines = [
        f"Received: from mx{number % 9}.example.test (mx.example.test [192.0.2.{number % 250 + 1}]) by in.example.test",
        f"From: {_words(f'Клиент {person}')} <{sender}>",
        f"To: {to}",
        "Subject: " + _words(author.subject(lang)),
        f"Message-ID: {make_msgid(str(number), 'mail.example.test')}",
        f"Date: {format_datetime(datetime.now(UTC))}",
        "MIME-Version: 1.0",
    ]
    kind, body = _body(rnd, number, text)
    return ("\r\n".join([*lines, kind]) + "\r\n\r\n" + body).encode()


def letter(
    *,
    sender: tuple[str, str],
    to: str,
    subject: str,
    identifier: str,
    references: Sequence[str],
    at: float,
    text: str,
    html: bool,
    files: Sequence[bytes],
) -> bytes:
    """One letter of a mailbox: an answer when it has references."""
    lines = [
        f"From: {_words(sender[0])} <{sender[1]}>",
        f"To: {to}",
        "Subject: " + _words(subject),
        f"Message-ID: {identifier}",
        f"Date: {format_datetime(datetime.fromtimestamp(at, UTC))}",
        "MIME-Version: 1.0",
    ]
    if references:
        lines += [f"In-Reply-To: {references[-1]}", "References: " + "\r\n ".join(references)]
    part = _text("plain", text)
    if html:
        markup = "<html><body><p>" + text.replace("\n\n", "</p><p>") + "</p></body></html>"
        kind, body = _parts("alternative", f"a{len(text)}-{at:.0f}", [part, _text("html", markup)])
        part = f"{kind}\r\n\r\n{body}"
    if files:
        kind, body = _parts("mixed", f"m{len(text)}-{at:.0f}", [part, *map(_pdf, files)])
        part = f"{kind}\r\n\r\n{body}"
    return ("\r\n".join(lines) + "\r\n" + part).encode()


def _pdf(content: bytes) -> str:
    name = f"scan{len(content)}.pdf"
    return (
        f'Content-Type: application/pdf; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{_base64(content)}\r\n"
    )


def _body(rnd: random.Random, number: int, text: str) -> tuple[str, str]:
    plain = _text("plain", text)
    border = f"b{rnd.getrandbits(60):x}"
    if number % 5 == 4:
        return _parts("mixed", border, [plain, _pdf(rnd.randbytes(20_000))])
    if number % 2:
        markup = "<html><body><p>" + text.replace("\n\n", "</p><p>") + "</p></body></html>"
        other = _text("html", markup)
        return _parts("alternative", border, [plain, other])
    head, _, body = plain.partition("\r\n\r\n")
    return head, body


def _text(kind: str, text: str) -> str:
    coding = "Content-Transfer-Encoding: quoted-printable"
    return f"Content-Type: text/{kind}; charset=utf-8\r\n{coding}\r\n\r\n{_qp(text)}\r\n"


def _parts(kind: str, border: str, parts: list[str]) -> tuple[str, str]:
    body = "".join(f"--{border}\r\n{part}" for part in parts) + f"--{border}--\r\n"
    return f'Content-Type: multipart/{kind}; boundary="{border}"', body


def _qp(text: str) -> str:
    return quopri.encodestring(text.replace("\n", "\r\n").encode()).decode().replace("\r\n", "\n").replace("\n", "\r\n")


def _base64(content: bytes) -> str:
    encoded = base64.b64encode(content).decode()
    return "\r\n".join(encoded[start : start + 76] for start in range(0, len(encoded), 76))


def _words(text: str) -> str:
    pieces = [text[start : start + 20] for start in range(0, len(text), 20)]
    return "\r\n ".join(f"=?UTF-8?B?{base64.b64encode(piece.encode()).decode()}?=" for piece in pieces)
