"""The body of a letter: text, text with markup, pictures inside, files beside."""

import base64
import re
import secrets
from binascii import b2a_qp
from collections.abc import Sequence
from email import encoders
from email.generator import BytesGenerator
from email.message import Message
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from io import BytesIO

from otklik.adapters.email.writing.calendars import reply_calendar
from otklik.adapters.email.writing.headers import one_line
from otklik.desk.channels.port import EventAnswer, Letter, LetterFile

POLICY = compat32.clone(linesep="\r\n", max_line_length=998, mangle_from_=False)
_TYPE = re.compile(r"[\w!#$&^.+-]{1,60}/[\w!#$&^.+-]{1,60}\Z", re.ASCII)
_CID = re.compile(r"[\w.!#$%&'*+/=?^`{|}~@-]{1,200}\Z", re.ASCII)

_STYLE = "max-width:40em;margin:0;font:15px/1.5 -apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_DOCUMENT = (
    '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"></head>'
    f'<body style="{_STYLE}">\n{{}}\n</body></html>\n'
)


def body(letter: Letter) -> bytes:
    """The headers of the body (Content-Type and its kin) and the body itself."""
    inside = [file for file in letter.files if _is_inside(file, letter.html)]
    beside = [file for file in letter.files if not _is_inside(file, letter.html)]
    root = _text(letter.text, "plain")
    if letter.html:
        lang = letter.language if letter.language.isalpha() else "ru"
        markup = _text(_DOCUMENT.format(lang, letter.html), "html")
        if inside:
            markup = _multipart("related", [markup, *(_picture(file) for file in inside)])
        root = _multipart("alternative", [root, markup])
    if letter.event_answer:
        root = _multipart("alternative", [root, _calendar(letter.event_answer)])
    if beside:
        root = _multipart("mixed", [root, *(_flat(_file(file)) for file in beside)])
    return root


def _is_inside(file: LetterFile, html: str) -> bool:
    return bool(file.content_id and _CID.match(file.content_id) and f"cid:{file.content_id}" in html)


def _multipart(kind: str, parts: Sequence[bytes]) -> bytes:
    mark = f"=_{secrets.token_hex(16)}"  # nothing that we write begins with it
    begin = f"\r\n--{mark}\r\n".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n'.encode()
    return b"".join([head, *(begin + part for part in parts), f"\r\n--{mark}--\r\n".encode()])


def _text(text: str, kind: str, more: str = "") -> bytes:
    """Quoted-printable where most letters are Latin, else base64: shorter, and lines are never too long.

    Put together by hand: every letter has such a part, and the library's tree of them costs ten times as much.
    """
    text = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    head, content = text[:2000], (text if text.endswith("\n") else f"{text}\n").encode()
    foreign = len(head) - len(head.encode("ascii", "ignore"))
    mostly_foreign = foreign * 5 > len(head)
    how, coded = ("base64", base64.encodebytes) if mostly_foreign else ("quoted-printable", b2a_qp)
    lines = f'Content-Type: text/{kind}; charset="utf-8"{more}\r\nContent-Transfer-Encoding: {how}\r\n\r\n'
    return lines.encode() + coded(content).replace(b"\n", b"\r\n")


def _calendar(answer: EventAnswer) -> bytes:
    """RFC 6047: what calendars read, the last and best form of the letter."""
    return _text(reply_calendar(answer), "calendar", '; method="REPLY"; component="VEVENT"')


def _flat(part: Message) -> bytes:
    del part["MIME-Version"]
    out = BytesIO()
    BytesGenerator(out, policy=POLICY).flatten(part)
    return out.getvalue()


def _file(file: LetterFile) -> Message:
    main, _slash, kind = (file.media_type if _TYPE.match(file.media_type) else "application/octet-stream").partition(
        "/"
    )
    if main.lower() in ("multipart", "message"):
        main, kind = "application", "octet-stream"
    part = MIMENonMultipart(main, kind)
    if (main.lower(), kind.lower()) == ("text", "calendar"):  # always UTF-8 (RFC 5545), which not everybody knows
        part.set_param("charset", "utf-8")
    part.set_payload(file.content)
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=_name(file.name))
    return part


def _picture(file: LetterFile) -> bytes:
    part = _file(file)
    part.replace_header("Content-Disposition", "inline")
    part.set_param("filename", one_line(file.name) or "file", "Content-Disposition", charset="utf-8")
    part["Content-ID"] = f"<{file.content_id}>"
    return _flat(part)


def _name(name: str) -> str | tuple[str, str, str]:
    """ASCII as it is, anything else by RFC 2231."""
    name = one_line(name)[:200] or "file"
    return name if name.isascii() else ("utf-8", "", name)
