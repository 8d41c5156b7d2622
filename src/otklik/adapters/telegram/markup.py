"""Our own markup in the few tags that Telegram knows, cut into messages that it takes."""

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from otklik.adapters.telegram.limits import LONGEST

TAGS = {
    **{"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u", "s": "s", "del": "s", "strike": "s"},
    **{"code": "code", "pre": "pre", "h1": "b", "h2": "b", "h3": "b", "h4": "b", "h5": "b", "h6": "b"},
}
BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol li pre blockquote table tr hr section".split())
LINKS = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True)
class Run:
    """Words with what stands around them: names of tags, or `a` with an address."""

    text: str
    around: tuple[tuple[str, str], ...] = ()


type Block = list[Run]


def messages(html: str, text: str) -> list[str]:
    """Messages of Telegram's HTML, in their order; `text` is what is said where there is no markup.  [] for nothing."""
    blocks = _Reader.read(html) if html else [[Run(part)] for part in text.strip().split("\n\n") if part.strip()]
    found, now, room = [], list[str](), LONGEST
    for block in blocks:
        for piece in _pieces(block):
            size = _size(piece) + (2 if now else 0)
            if now and size > room:
                found.append("\n\n".join(now))
                now, room, size = [], LONGEST, _size(piece)
            now.append(_written(piece))
            room -= size
    return [*found, "\n\n".join(now)] if now else found


def _written(block: Block) -> str:
    """As markup; what stands around neighbours stands around them together."""
    parts, standing = list[str](), tuple[tuple[str, str], ...]()
    for run in [*block, Run("")]:
        same = 0
        while same < min(len(standing), len(run.around)) and standing[same] == run.around[same]:
            same += 1
        parts += [f"</{tag}>" for tag, _of in reversed(standing[same:])]
        parts += [f'<a href="{escape(of)}">' if tag == "a" else f"<{tag}>" for tag, of in run.around[same:]]
        parts.append(escape(run.text, quote=False))
        standing = run.around
    return "".join(parts)


def units(text: str) -> int:
    """Characters as Telegram counts them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _size(block: Block) -> int:
    return sum(units(run.text) for run in block)


def _pieces(block: Block) -> list[Block]:
    """A paragraph that is too long for one message is cut at a line or a space, else anywhere."""
    pieces, now, room = [], list[Run](), LONGEST
    for run in block:
        rest = run.text
        while units(rest) > room:
            head = _head(rest, room, whole=not now)
            if head:
                now.append(Run(head, run.around))
            pieces.append(now)
            rest, now, room = rest[len(head) :].lstrip(" \n"), [], LONGEST
        if rest:
            now.append(Run(rest, run.around))
            room -= units(rest)
    return [piece for piece in [*pieces, now] if piece]


def _head(text: str, room: int, *, whole: bool) -> str:
    """As much as there is room for; nothing, when a fresh message would hold it better."""
    head = text[:room]
    while units(head) > room:
        head = head[:-1]
    for sign in ("\n", " "):
        if head.rfind(sign) > len(head) // 2:
            return head[: head.rfind(sign)]
    return head if whole else ""


@dataclass
class _Reader(HTMLParser):
    """Markup that was cleaned before; whatever Telegram does not know is left out and its words stay."""

    blocks: list[Block] = field(default_factory=list)
    now: Block = field(default_factory=list)
    around: list[tuple[str, str, str]] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def read(cls, html: str) -> list[Block]:
        reader = cls()
        reader.feed(html)
        reader.close()
        reader._end()
        return reader.blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "br":
            self._say("\n")
        elif tag == "img":
            self._say(f"[{told['alt']}]" if told.get("alt") else "")
        elif tag in ("ul", "ol"):
            self._break()
            self.lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self._item()
        elif tag in BLOCKS:
            self._break()
        if tag == "blockquote":
            self.around.append((tag, "blockquote", ""))
        elif tag in TAGS:
            self.around.append((tag, TAGS[tag], ""))
        elif tag == "a" and str(told.get("href") or "").startswith(LINKS):
            self.around.append((tag, "a", str(told["href"])))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.around) - 1, -1, -1):
            if self.around[place][0] == tag:
                del self.around[place]
                break
        if tag in ("ul", "ol"):
            self.lists = self.lists[:-1]
            if not self.lists:
                self._end()
        elif tag in BLOCKS and tag != "li":
            self._break()

    def handle_data(self, data: str) -> None:
        is_plain = not any(name == "pre" for _tag, name, _of in self.around)
        if is_plain:
            data = data.replace("\n", " ")
            if not data.strip() and (not self.now or self.now[-1].text.endswith("\n")):
                return
            if self.now and self.now[-1].text.endswith("\n"):
                data = data.lstrip()
        self._say(data)

    def _say(self, text: str) -> None:
        if text:
            around = dict.fromkeys((name, of) for _tag, name, of in self.around)
            self.now.append(Run(text, tuple(around)))

    def _item(self) -> None:
        while self.now and not self.now[-1].text.strip():
            self.now.pop()
        if self.now:
            last = self.now.pop()
            self.now += [Run(last.text.rstrip(), last.around), Run("\n")]
        number = self.lists[-1] if self.lists else 0
        self.now.append(Run(f"{'   ' * (len(self.lists) - 1)}{f'{number}.' if number else '•'} "))
        if number:
            self.lists[-1] += 1

    def _break(self) -> None:
        """A paragraph ends; inside of a list it is only a line."""
        if not self.lists:
            self._end()

    def _end(self) -> None:
        if "".join(run.text for run in self.now).strip():
            self.blocks.append(_trimmed(self.now))
        self.now = []


def _trimmed(block: Block) -> Block:
    while block and not block[0].text.strip():
        block = block[1:]
    while block and not block[-1].text.strip():
        block = block[:-1]
    first, last = block[0], block[-1]
    if len(block) == 1:
        return [Run(first.text.strip("\n"), first.around)]
    return [Run(first.text.lstrip("\n"), first.around), *block[1:-1], Run(last.text.rstrip("\n "), last.around)]
