"""One message as the timeline shows it: every value said once here, so that the template has little to do."""

import math
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.core.ui.chips import avatar
from otklik.core.ui.kept import kept, signs
from otklik.desk.channels.glyphs import glyph_of, name_of
from otklik.desk.channels.port import Authenticity, talk_on
from otklik.desk.clients.models.address import is_of_messenger
from otklik.desk.conversations import placed
from otklik.desk.conversations.html import linkify, safe
from otklik.desk.conversations.models import Message
from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.queries.talk import KEPT, File, Said, said_of, signs_of
from otklik.front.workspace.rows import Name
from otklik.front.workspace.timeline.bodies import quoted
from otklik.front.workspace.timeline.fates import Fate, fate_of
from otklik.front.workspace.timeline.invitations import Invited, invited
from otklik.front.workspace.timeline.seals import Seal, seal_of

MACHINES = {
    "auto_reply": gettext_noop("Automatic reply"),
    "out_of_office": gettext_noop("Out of office"),
    "bounce": gettext_noop("Delivery report"),
    "report": gettext_noop("Report of a mail server"),
    "loop": gettext_noop("A letter from our own address"),
    "auto": gettext_noop("We told the client who answers and by when"),
    "survey": gettext_noop("We asked the client for a score"),
    "notify": gettext_noop("Notice to the client"),
    "chat_ended": gettext_noop("The client has ended the chat"),
    "reply": gettext_noop("The client had left the chat: what they have not read went by mail"),
}
ANY_MACHINE = gettext_noop("Automatic message")
PEOPLE = ("", "list")
SHORT = 20_000
SIDE = {"in": "client", "out": "us", "note": "note"}


@dataclass(frozen=True)
class PassedOn:
    """A letter that a colleague has passed on: its author, and whether the request is no longer the colleague's."""

    author: str
    colleague: str
    moved: bool

    @classmethod
    def of(cls, letter: "Said | Message", contact_id: int) -> "PassedOn | None":
        """None for a letter that nobody has passed on; `contact_id` is the client of the request now."""
        if not letter.passed_on_from:
            return None
        name, address = letter.passed_on_name, letter.passed_on_from
        sender = letter.author_name or letter.author_address
        return cls(f"{name} <{address}>" if name else address, sender, moved=letter.contact_id != contact_id)


@dataclass(slots=True, eq=False)
class Shown:
    """A message, ready to print.

    Not frozen: a page makes twenty of them, and a frozen one sets each of its thirty values by a call.  Nobody changes
    one all the same: a page that comes later may show the same (`stands`).

    `frame` is the size (1 to 6) of the frame of its formatted body, 0 without one; `remote` when pictures of it lie
    on other servers.  `noted` are remarks that are read with the message, as that it was corrected.
    """

    id: int
    side: str
    face: SafeString
    name: str
    via: str
    via_glyph: str
    time: SafeString
    body: SafeString
    quote: SafeString
    at: datetime
    is_new: bool = False
    is_cut: bool = False
    frame: int = 0
    remote: bool = False
    wanted: bool = False
    formatted: bool = False
    automatic: str = ""
    fate: Fate | None = None
    files: list[File] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    address: str = ""
    has_source: bool = False
    filed_by: str = ""
    unproven: str = ""
    proof: str = ""
    passed_on: "PassedOn | None" = None
    invited: Invited | None = None
    is_forward: bool = False
    is_inner: bool = False
    """The client does not find it on their page: not on paper either."""
    seal: Seal | None = None
    stands: bool = False
    """It is kept, and whoever draws it asks nobody else: no form and no question stands in it."""

    @property
    def is_pending(self) -> bool:
        return self.fate is not None and self.fate.state == "pending"

    @property
    def is_quiet(self) -> bool:
        """Written by our machine and gone out well: worth a line among the events."""
        gone = self.fate is not None and not self.fate.in_trouble
        return bool(self.automatic) and self.side == "us" and gone

    @property
    def many(self) -> bool:
        """Others are in the copy, or got it instead of the client: worth showing without being asked."""
        return bool(self.cc) or len(self.to) > 1 or self.is_forward

    @property
    def pictures(self) -> list[File]:
        return [file for file in self.files if file.is_picture]

    @property
    def papers(self) -> list[File]:
        return [file for file in self.files if not file.is_picture]


class Eye(NamedTuple):
    """How a message is looked at: all that its look follows from beside itself."""

    language: str | None
    zone: tzinfo
    contact_id: int
    channel: str
    is_new: bool
    wanted: bool
    author: Name | None
    let_in: bool = False


def shown(
    said: Said,
    *,
    now: datetime,
    contact_id: int,
    channel: str,
    seen: int,
    me: int,
    wanted: frozenset[str],
    let_in: frozenset[int] = frozenset(),
) -> Shown:
    """`seen` is the last message the reader had looked at before, 0 when they never had; `let_in` are messages of
    others that the client may read.
    """
    is_new = bool(seen) and said.id > seen and said.author_id != me
    is_wanted = bool(wanted) and said.author_address.lower() in wanted
    author = colleague(said.author_id)
    eye = Eye(
        *(get_language(), get_current_timezone(), contact_id, channel, is_new, is_wanted),
        Name(str(author), author.portrait) if author else None,
        said.id in let_in,
    )
    return _shown(said, eye, now) if said.waits else _standing(said.row, eye)


def _weight(message: Shown, row: tuple[Any, ...], _eye: "Eye") -> int:
    """The row is the key, so it is held, too, with the whole letter in it."""
    return len(message.body) + len(message.quote) + signs_of(row) + 1000


@kept(KEPT, _weight)
def _standing(row: tuple[Any, ...], eye: Eye) -> Shown:
    """A message that waits for nothing: whatever moment it is, it looks the same."""
    said = said_of(row)
    message = _shown(said, eye, said.at)
    asks = message.passed_on or message.remote or message.invited or (message.fate and message.fate.in_trouble)
    message.stands = not asks
    return message


def _shown(said: Said, eye: Eye, now: datetime) -> Shown:
    side = SIDE[said.direction]
    text_is_empty = not said.text.strip()
    framed = said.direction == "in" and said.has_html and (text_is_empty or said.is_rich)
    frame = _size(said) if framed else 0
    via, glyph = _via(said, eye.channel)
    chatted = is_of_messenger(said.author_address)
    author = eye.author if said.direction != "in" else None
    return Shown(
        id=said.id,
        side=side,
        face=avatar(author or Name(said.author_name or said.author_address)),
        name=said.author_name or said.author_address or _("unknown sender"),
        via=via,
        via_glyph=glyph,
        time=_time(said.at),
        body=_body(said, frame),
        quote=linkify(quoted(said.whole, said.text)) if said.direction == "in" and not frame else SafeString(""),
        at=said.at,
        is_new=eye.is_new,
        is_cut=said.is_cut or (said.quotes_much and said.direction == "in"),
        frame=frame,
        remote=bool(frame) and said.remote,
        wanted=eye.wanted,
        formatted=said.direction == "in" and said.has_html and not frame,
        automatic=_automatic(said),
        fate=fate_of(said, now),
        files=[file for file in said.files if not (file.shown and (frame or _is_in_place(said, file)))],
        warnings=_warnings(said, eye.contact_id),
        remarks=[] if chatted else said.remarks,
        noted=said.remarks if chatted else [],
        to=[address for address in said.to if not is_of_messenger(address)],
        cc=said.cc,
        address="" if chatted else said.author_address,
        has_source=bool(said.inbound_id or said.outbound_id),
        filed_by=eye.author.name if eye.author and said.direction == "in" else "",
        unproven=said.authenticity_reason if said.authenticity == Authenticity.UNKNOWN and not said.automatic else "",
        proof=said.authenticity_reason,
        passed_on=PassedOn.of(said, eye.contact_id),
        invited=invited(said.invitation),
        seal=seal_of(said.protection),
        is_forward=bool(said.is_forward),
        is_inner=bool(said.is_forward) or (is_outside(said, eye.contact_id) and not eye.let_in),
    )


def is_outside(said: Said, contact_id: int) -> bool:
    """Somebody else than the client of the request wrote it; what machines wrote is folded."""
    return said.direction == "in" and said.contact_id != contact_id and said.automatic in PEOPLE


def _time(at: datetime) -> SafeString:
    exact = words.exact(at)  # ends with the time of the clock
    return SafeString(f'<time datetime="{at.isoformat()}" title="{exact}">{exact.rpartition(" ")[2]}</time>')


def _via(said: Said, channel: str) -> tuple[str, str]:
    if said.direction == "note":
        return _("the client does not see this"), "lock"
    if said.is_forward:
        return _("forwarded, the client does not see this"), "forward"
    if talk_on(channel).is_chat and said.to and not is_of_messenger(said.to[0]):
        channel = "email"  # a letter to somebody whom the chat does not reach
    return name_of(channel), glyph_of(channel)


def _is_in_place(said: Said, file: File) -> bool:
    """A picture of ours stands in its text; one that may not be shown is at least named below."""
    return said.direction != "in" and file.is_picture


SIZES = (7, 13, 20, 28, 38)  # lines up to which each size but the last is enough
LINE = 80


def _size(said: Said) -> int:
    """How high the frame is: nothing inside of it can tell us, so its lines and its pictures do."""
    lines = sum(math.ceil(len(line) / LINE) or 1 for line in (said.whole or said.text).splitlines()[:100])
    high = lines + 6 * min(said.pictures, 10)
    return next((size for size, most in enumerate(SIZES, 1) if high <= most), len(SIZES) + 1)


def _body(said: Said, frame: int) -> SafeString:
    """Ours was written as Markdown and is cleaned once more here; a stranger's is text, or stands in its own frame."""
    if frame:
        return SafeString("")
    if said.html:
        return _safe(said.html) if len(said.html) < SHORT else safe(said.html, _ours)
    text = said.text.strip("\n")
    if not text.strip():
        return format_html('<em class="mute">{}</em>', _("(no text)"))
    return _linked(text) if len(text) < SHORT else linkify(text)


@kept(KEPT, signs)
def _safe(html: str) -> SafeString:
    """Our own letters never change: what was cleaned once need not be cleaned at every look."""
    return safe(html, _ours)


@kept(KEPT, signs)
def _linked(text: str) -> SafeString:
    """Those of clients never change either."""
    return linkify(text)


def _ours(address: str) -> str | None:
    """Where a picture of a text of ours lies: the view asks who may see it."""
    key = placed.key_of(address)
    return reverse("workspace:file", args=[key]) if key else None


def _automatic(said: Said) -> str:
    """What kind of machine wrote this, in words; "" for people and for lists, which are read like letters."""
    if said.automatic in PEOPLE:
        return ""
    return _(MACHINES.get(said.automatic, ANY_MACHINE))


def _warnings(said: Said, contact_id: int) -> list[str]:
    if said.direction != "in" or said.automatic:
        return []
    found = []
    if said.authenticity == Authenticity.FAILED:
        found.append(_("Sender not verified. %(reason)s") % {"reason": said.authenticity_reason})
    if said.contact_id not in (None, contact_id) and not said.passed_on_from:
        found.append(_("Outside participant: not the client of this request. Tell no secrets until you are sure."))
    return found
