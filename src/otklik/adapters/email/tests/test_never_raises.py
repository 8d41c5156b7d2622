"""Whatever bytes come: `parse` answers, in bounded time, with data that can be stored."""

# ruff: noqa: E501 - samples stand in one line, as they come

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.adapters.email.parse import ParsedMail, identity, parse
from otklik.adapters.email.tests.test_automatic import REPORT

SEEDS = [
    REPORT,
    b"From: =?utf-8?B?0JA=?= <a@x.example>\r\nTo: b@x.example, c@x.example\r\nSubject: =?koi8-r?Q?=CF?=\r\nDate: Mon, 5 Oct 2026 10:00:00 +0300\r\n"
    b"Content-Type: multipart/mixed; boundary=\"m\"\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n"
    b"Content-Type: text/plain; charset=koi8-r; format=flowed\r\n\r\n\xf0\xd2 \r\n> q\r\n-- \r\ns\r\n--a\r\nContent-Type: text/html\r\n\r\n"
    b"<div class=gmail_quote>On 1.1.2026 10:00 a wrote:<blockquote>x</blockquote></div>\r\n--a--\r\n--m\r\nContent-Type: image/png; name*0*=utf-8''%D0;\r\n"
    b" name*1=x.png\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--m\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nx\r\n--m--",
    b"From: MAILER-DAEMON\nSubject: Fwd: failure notice\n\n<a@x.example>:\n550 no\n\n---------- Forwarded message ---------\nFrom: a@b.example\nTo: x\nSubject: y\n\nz",
]  # fmt: skip
_JUNK = [b"\0", b"\n", b"\r", b"\r\n\r\n", b"--m", b"--m--", b"=?", b"?=", b"\xff", b"\xd0", b"<", b">", b'"', b"(", b";", b":", b"@", b"boundary=", b"\xe2\x80\xa8",
         b"Content-Type: ", b"begin 644 x\n", b"=\n", b"&#0;", b"&#xD800;", b"\x1b$B", b" \t"]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A mail with pieces cut, doubled, swapped and junk put in."""
    raw = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(raw))), draw(st.integers(0, 60))
        kind = draw(st.sampled_from(["cut", "double", "junk", "byte"]))
        piece = raw[at : at + length]
        if kind == "cut":
            raw = raw[:at] + raw[at + length :]
        elif kind == "double":
            raw = raw[:at] + piece * 2 + raw[at:]
        elif kind == "junk":
            raw = raw[:at] + draw(st.sampled_from(_JUNK)) * draw(st.integers(1, 3)) + raw[at:]
        else:
            raw = raw[:at] + draw(st.binary(max_size=3)) + raw[at + 1 :]
    return raw


def texts(mail: ParsedMail) -> list[str]:
    names = [
        text for file in mail.attachments for text in (file.name, file.original_name, file.media_type, file.content_id)
    ]
    people = [text for one in (*mail.to, *mail.cc, *mail.reply_to) for text in (one.name, one.address)]
    reports = [text for one in mail.dsn for text in (one.recipient, one.diagnostic, one.original_message_id)]
    return [mail.message_id, *mail.references, *mail.in_reply_to, mail.subject, mail.sender.name, mail.sender.address or "", mail.from_display, mail.text,
            mail.html, mail.new_text, mail.quoted_text, mail.signature, mail.list_id, mail.automatic_reason, *names, *people, *reports]  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(mutated() | st.binary(max_size=400))
def test_no_bytes_break_it(raw: bytes) -> None:
    mail = parse(raw)
    identity(raw)

    assert not [defect for defect in mail.defects if defect.endswith("_unreadable") and defect != "date_unreadable"]
    for text in texts(mail):
        assert "\0" not in text
        text.encode("utf-8")
    for line in (mail.subject, mail.sender.name, *(file.name for file in mail.attachments)):
        assert len(line.splitlines()) <= 1
    assert pickle.loads(pickle.dumps(mail)) == mail
