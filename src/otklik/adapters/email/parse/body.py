"""From the MIME tree to what a person reads: text, HTML and files."""

import re
from dataclasses import dataclass, field

from otklik.adapters.email.parse import tnef
from otklik.adapters.email.parse.charsets import decode
from otklik.adapters.email.parse.filenames import safe_name
from otklik.adapters.email.parse.flowed import unflow
from otklik.adapters.email.parse.htmltext import html_to_text
from otklik.adapters.email.parse.limits import Limits
from otklik.adapters.email.parse.params import parameters
from otklik.adapters.email.parse.parsed import Attachment
from otklik.adapters.email.parse.structure import Part
from otklik.adapters.email.parse.transfer import decode_body, uuencoded
from otklik.adapters.email.parse.words import header_text

_META_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})")
_STUB = re.compile(r"(?i)\bhtml\b|view (?:this|it) in|просмотр")
_ENRICHED = re.compile(r"<(?:param>.{0,200}?</param|/?[a-z]+)>|<(?=<)", re.IGNORECASE | re.DOTALL)
_LINE_END = re.compile(r"\r*\n|\r")
_WORDS = re.compile(r"\w+")
_PLAIN = frozenset({"text/plain", "text/markdown", "text/x-markdown", "text/x-plain", "text/", "text/text"})
_READABLE = _PLAIN | {"text/html", "application/xhtml+xml", "text/enriched", "text/richtext"}
_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status", "message/feedback-report",
                      "message/disposition-notification", "message/global-disposition-notification"})  # fmt: skip


@dataclass
class Segment:
    """One stretch of the message in up to two forms."""

    plain: str | None = None
    html: str | None = None

    def text(self, limits: Limits) -> str:
        if self.html is None:
            return self.plain or ""
        if self.plain is None or not self.plain.strip():
            return html_to_text(self.html, limits)
        if len(self.plain) < 400 and _STUB.search(self.plain):
            # "Your program does not show HTML" is not the letter.
            readable = html_to_text(self.html, limits)
            return readable if len(readable) > 2 * len(self.plain) else self.plain
        return self.plain


@dataclass
class File:
    """A leaf that is an attachment, before names are settled."""

    part: Part
    name: str
    content: bytes
    media_type: str


@dataclass
class Contents:
    """What was found, in the order of the message."""

    limits: Limits
    segments: list[Segment] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    reports: list[Part] = field(default_factory=list)
    enclosed: list[Part] = field(default_factory=list)
    truncated: set[str] = field(default_factory=set)
    budget: int = 0  # characters of text still taken

    def text(self) -> str:
        return "\n\n".join(filter(None, (segment.text(self.limits).strip("\n") for segment in self.segments)))

    @property
    def has_plain(self) -> bool:
        return any(segment.plain and segment.plain.strip() for segment in self.segments)

    def html(self) -> str:
        """The HTML form, when any stretch has one: the plain ones around it are escaped."""
        if not any(segment.html for segment in self.segments):
            return ""
        return "\n".join(segment.html or as_html(segment.plain or "") for segment in self.segments)

    def attachments(self) -> tuple[Attachment, ...]:
        html = self.html()
        made: list[Attachment] = []
        for number, file in enumerate(self.files, 1):
            content_id = content_id_of(file.part)
            referenced = bool(content_id) and f"cid:{content_id}".lower() in html.lower()
            inline = referenced or (
                file.part.disposition == "inline" and file.media_type.startswith("image/") and bool(content_id or html)
            )
            made.append(
                Attachment(
                    name=_unused(safe_name(file.name, file.media_type, number), {other.name for other in made}),
                    original_name=file.name[:1000],
                    media_type=file.media_type[:120],
                    content_id=content_id,
                    inline=inline,
                    size=len(file.content),
                    content=file.content,
                )
            )
        return tuple(made)


def _unused(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    stem, dot, extension = name.rpartition(".")
    stem, extension = (stem, dot + extension) if stem else (name, "")
    number = 2
    while f"{stem[:200]}-{number}{extension}" in taken:
        number += 1
    return f"{stem[:200]}-{number}{extension}"


def as_html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p>{escaped.replace(chr(10), '<br>')}</p>" if text.strip() else ""


def content_id_of(part: Part) -> str:
    return header_text(part.get("content-id")).strip("<> ")[:255]


def collect(root: Part, limits: Limits) -> Contents:
    contents = Contents(limits, budget=limits.text)
    _walk(root, contents, root=True)
    return contents


def _walk(part: Part, contents: Contents, *, root: bool = False) -> None:
    if part.media_type == "multipart/alternative" and part.children:
        _alternative(part, contents)
    elif part.children:
        for child in part.children:
            _walk(child, contents)
    else:
        _leaf(part, contents, root=root)


def _alternative(part: Part, contents: Contents) -> None:
    """The first form that is plain and the last that is HTML become one stretch; all files are kept."""
    merged = Segment()
    for child in part.children:
        inner = Contents(contents.limits, budget=contents.budget)
        _walk(child, inner)
        contents.files += inner.files
        contents.reports += inner.reports
        contents.enclosed += inner.enclosed
        contents.truncated |= inner.truncated
        if html := inner.html():
            merged.html = html
            if merged.plain is None and any(segment.plain for segment in inner.segments):
                merged.plain = inner.text()
        elif merged.plain is None and inner.segments:
            merged.plain = inner.text()
    if merged.plain is not None or merged.html is not None:
        contents.segments.append(merged)


def _leaf(part: Part, contents: Contents, *, root: bool) -> None:
    name = filename_of(part)
    attached = part.disposition == "attachment" or (bool(name) and not root)
    if part.media_type in _READABLE and not attached:
        _text(part, contents)
        if name:  # the letter itself comes as a file: it is both
            _file(part, name, contents)
    elif part.media_type in _REPORTS:
        contents.reports.append(part)
        if name:
            _file(part, name, contents)
    elif part.media_type.startswith("multipart/") and not part.body.strip():
        return
    elif part.end > part.start or name or root:
        _file(part, name, contents)


def _file(part: Part, name: str, contents: Contents) -> None:
    content = decode_body(part.body, part.encoding)
    if part.media_type in ("message/rfc822", "message/global"):
        contents.enclosed.append(part)
        name = name or enclosed_name(content)
    if content or name:
        contents.files.append(File(part, name, content, part.media_type))
    if content.startswith(tnef.SIGNATURE):
        _unpack(content, contents)


def _unpack(content: bytes, contents: Contents) -> None:
    """winmail.dat stays a file; what is inside is added."""
    packed = tnef.unpack(content)
    for file in packed.files[:100]:
        part = Part(b"", 0, 0, [("content-id", file.content_id.encode())])
        contents.files.append(File(part, file.name, file.content, file.media_type))
    if not any(segment.text(contents.limits).strip() for segment in contents.segments):
        text, html = packed.text[: contents.limits.text], packed.html[: contents.limits.html]
        if text or html:
            contents.segments.append(Segment(_LINE_END.sub("\n", text) or None, html or None))


def enclosed_name(content: bytes) -> str:
    """ "Subject.eml" for an enclosed message."""
    match = re.search(rb"(?im)^subject[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", content[:65_536])
    subject = header_text(match[1])[:100].strip(" .") if match else ""
    return f"{subject}.eml" if subject else ""


def _text(part: Part, contents: Contents) -> None:
    data = decode_body(part.body, part.encoding)
    is_html = part.media_type in ("text/html", "application/xhtml+xml")
    if is_html and len(data) > contents.limits.html:
        contents.truncated.add("html")
        contents.files.append(File(part, "message.html", data, "text/html"))
        data = data[: contents.limits.html]
    if len(data) > 4 * max(contents.budget, 1):
        contents.truncated.add("text")
        data = data[: 4 * max(contents.budget, 1)]
    if not is_html and b"\nbegin " in b"\n" + data[:100_000]:
        data, files = uuencoded(data)
        for raw_name, content in files:
            contents.files.append(File(Part(b"", 0, 0), header_text(raw_name), content, "application/octet-stream"))
    text = decode(data, part.charset or (_meta_charset(data) if is_html else ""))
    contents.segments.append(_segment(part, text, contents))


def _segment(part: Part, text: str, contents: Contents) -> Segment:
    if part.media_type in ("text/html", "application/xhtml+xml"):
        return Segment(html=text) if "html" not in contents.truncated else Segment(plain=html_to_text(text))
    text = _LINE_END.sub("\n", text.replace("\ufeff", ""))
    if len(text) > contents.budget:
        contents.truncated.add("text")
        text = text[: contents.budget]
    contents.budget -= len(text)
    if part.media_type in ("text/enriched", "text/richtext"):
        text = _ENRICHED.sub("", text)
    elif part.params.get("format", "").lower() == "flowed":
        text = unflow(text, delete_space=part.params.get("delsp", "").lower() == "yes")
    return Segment(plain=text)


def _meta_charset(data: bytes) -> str:
    match = _META_CHARSET.search(data[:4_000])
    return match[1].decode("ascii", "replace") if match else ""


def filename_of(part: Part) -> str:
    """The name the sender gave: Content-Disposition first, Content-Type else."""
    disposition = part.get("content-disposition")
    name = parameters(disposition).get("filename", "") if disposition else ""
    return (name or part.params.get("name", "")).strip()
