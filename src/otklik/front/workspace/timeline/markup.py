"""The timeline as ready HTML.

Twenty messages of twenty values each are the heaviest part of the busiest page but one; written here they cost a tenth
of what the template cost.  Everything that came from outside passes `escape`, or was cleaned before it came here.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.core.ui.chips import icon
from otklik.core.ui.kept import kept
from otklik.front.workspace.addresses import to, to_file
from otklik.front.workspace.queries.talk import KEPT, File
from otklik.front.workspace.timeline import calls
from otklik.front.workspace.timeline.build import Item
from otklik.front.workspace.timeline.fates import Fate
from otklik.front.workspace.timeline.happened import Card, Event
from otklik.front.workspace.timeline.invitations import Invited
from otklik.front.workspace.timeline.messages import PassedOn, Shown

type Trouble = Callable[[int, bool], str]
"""The buttons under a letter that failed: (number of the message, whether its fate is uncertain)."""
type Remote = Callable[[Shown], str]
"""The question above a letter with pictures on other servers."""

type Passed = Callable[[int, PassedOn], str]
"""What stands over a letter that was passed on: who wrote it, and the way to make them the client."""

type Invites = Callable[[int, Invited], str]
"""The events of a letter, with the answers one may give."""

FRESH = gettext_noop("New since you looked")
NEW = gettext_noop("new")
COPY = gettext_noop("copy")
QUOTE = gettext_noop("What the letter repeats")
SHOW_QUOTE = gettext_noop("Show what the letter quotes")
WHOLE = gettext_noop("The whole letter")
FRAMED = gettext_noop("Letter as it was formatted")
FORMATTED = gettext_noop("As the sender formatted it")
PLAIN = gettext_noop("As plain text")
ALONE = gettext_noop("On a page of its own")
INFECTED = gettext_noop("malware")
PREVIEW = gettext_noop("Look at the pages")
OTHERS = gettext_noop("and %(count)s more")
ORIGINAL = gettext_noop("Original")
ABOUT = gettext_noop("About this letter")
FORWARD = gettext_noop("Forward")
INTO_NEW = gettext_noop("Into a new request")
TO_OTHER = gettext_noop("To another request")
SERVER_SAID = gettext_noop("What their server said")
INSTEAD = gettext_noop("Offered instead:")
FROM = gettext_noop("From")
TO = gettext_noop("To")
IN_COPY = gettext_noop("In copy")
READING = gettext_noop("Reading it")
SENDER = gettext_noop("Sender")
UNPROVEN = gettext_noop("sender not verified")
FAILED = gettext_noop("The letter did not arrive.")
UNCERTAIN = gettext_noop("Nobody knows whether the letter arrived.")
PARTLY = gettext_noop("The letter went out, but not to everybody.")
WITHOUT = gettext_noop("Without it:")

FEW = 8  # addressees who are named without being asked
SANDBOX = 'sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" loading="lazy"'


@lru_cache(maxsize=8)
def _texts(language: str) -> dict[str, str]:
    """Fixed texts in one language, escaped once for all messages."""
    fixed = (
        *(
            FRESH,
            NEW,
            COPY,
            QUOTE,
            SHOW_QUOTE,
            WHOLE,
            FRAMED,
            FORMATTED,
            PLAIN,
            ALONE,
            ORIGINAL,
            ABOUT,
            INFECTED,
            PREVIEW,
            FORWARD,
            INTO_NEW,
            TO_OTHER,
        ),
        *(SERVER_SAID, INSTEAD, FROM, TO, IN_COPY, READING, SENDER, UNPROVEN, FAILED, UNCERTAIN, PARTLY, WITHOUT),
    )
    return {text: escape(_(text)) for text in fixed}


@dataclass(frozen=True)
class Moves:
    """What the reader may do about messages that belong elsewhere.

    `open_to` are the other requests that they may see, `undo` gives the button that brings moved messages back (""
    where that is over); `page` is the address of the request whose messages may be moved, "" where they may not.
    """

    open_to: Container[int] = ()
    undo: Callable[[int], str] = lambda _relocation: ""
    page: str = ""


class Scribe:
    """Writes the pieces of one timeline, in the language of its reader."""

    def __init__(
        self,
        trouble: Trouble,
        remote: Remote,
        passed: Passed,
        moves: Moves,
        invites: Invites,
        reader: User | None = None,
    ) -> None:
        self.reader = reader
        self.trouble, self.remote, self.passed, self.moves, self.invites = trouble, remote, passed, moves, invites
        self.say = _texts(get_language() or "en")

    def timeline(self, items: Iterable[Item]) -> SafeString:
        return SafeString("\n".join(self.one(item) for item in items))

    def one(self, item: Item) -> SafeString:
        """One piece of the timeline."""
        if item.kind == "message" and item.message:
            message = item.message
            return _drawn(message, self.moves.page) if message.stands else SafeString(self._message(message))
        if item.kind == "machine" and item.message:
            return SafeString(self._machine(item.message))
        if item.kind == "call" and isinstance(item.events[0], Event) and item.events[0].call:
            return SafeString(calls.drawn(item.events[0].call, self.reader))
        if item.kind == "events":
            return SafeString(self._events(item.events))
        if item.kind == "day":
            return SafeString(f'<div class="day"><span>{escape(item.words)}</span></div>')
        return SafeString(f'<div class="day fresh" id="fresh"><span>{self.say[FRESH]}</span></div>')

    def _message(self, m: Shown) -> str:
        pending, inner = " pending" if m.is_pending else "", " data-inner" if m.is_inner else ""
        about = self._about(m) if m.side != "note" else ""
        warnings = "".join(self._callout(text) for text in m.warnings)
        warnings += "".join(f'<p class="t13 mute">{icon("info", "s")}{escape(text)}</p>' for text in m.noted)
        return (
            f'<article class="msg{pending}" id="m{m.id}" data-from="{m.side}"{inner}{self._fate_mark(m.fate)}>{m.face}'
            f'<header><b>{escape(m.name)}</b><span class="via">{icon(m.via_glyph)}{escape(m.via)}</span>{m.time}'
            f"{self._fate_words(m.fate)}{self._chips(m)}{about}</header>"
            f"{self._copies(m)}{warnings}{self._passed_on(m)}{self._sealed(m)}{self._invited(m)}{self._body(m)}{self._trouble(m)}</article>"
        )

    def _machine(self, m: Shown) -> str:
        """What a machine wrote is folded; open when it needs somebody."""
        who = f" · {escape(m.name)}" if m.side == "client" else ""
        in_trouble = m.fate is not None and m.fate.in_trouble
        fate = ""
        if m.fate and in_trouble:
            fate = f' <span class="chip" data-s="breach">{escape(m.fate.words)}</span>'
        elif m.fate and m.fate.state != "sent":
            fate = f' <span class="mute">{escape(m.fate.words)}</span>'
        return (
            f'<details class="evs machine" id="m{m.id}"{" open" if in_trouble else ""}{self._fate_mark(m.fate)}>'
            f"<summary>{icon('mail')}<span>{escape(m.automatic)}{who} {m.time}{fate}</span></summary>"
            f'<div class="msg" data-from="machine"><header>{self._about(m)}</header>'
            f"{self._invited(m)}{self._body(m)}{self._trouble(m)}</div></details>"
        )

    def _fate_mark(self, fate: Fate | None) -> str:
        return f' data-fate="{fate.state}"' if fate and fate.state != "sent" else ""

    def _fate_words(self, fate: Fate | None) -> str:
        if fate is None or fate.in_trouble:
            return ""
        said = escape(fate.words)
        if fate.state == "sent":
            return f'<i class="i i-check s" aria-hidden="true" title="{said}"></i><span class="sr">{said}</span>'
        return f'<span class="mute t12 fate">{said}</span>'

    def _chips(self, m: Shown) -> str:
        chips = f'<span class="chip" data-s="sea">{self.say[NEW]}</span>' if m.is_new else ""
        if m.filed_by:
            said = _("written down by %(name)s") % {"name": m.filed_by}
            chips += f'<span class="chip line">{escape(said)}</span>'
        if m.unproven:
            chips += f'<span class="chip line" title="{escape(m.unproven)}">{self.say[UNPROVEN]}</span>'
        return chips

    def _sealed(self, m: Shown) -> str:
        """A broken signature, or a letter that nobody here can read, is said loud; a good one in a quiet line."""
        seal = m.seal
        if seal is None:
            return ""
        if seal.loud:
            text = f"<b>{escape(seal.words)}.</b> {escape(seal.detail)}"
            original = self._door(to("message_source", m.id), "download", ORIGINAL, "download")
            said = f'{icon("lock")}<span class="grow">{text}</span>{original}'
            return f'<p class="callout" data-s="{seal.tone}" role="note">{said}</p>'
        tone = f' data-s="{seal.tone}"' if seal.tone else ""
        chip = f'<span class="chip"{tone}>{icon("shield")}{escape(seal.words)}</span>'
        detail = f'<p class="t13 mute">{escape(seal.detail)}</p>'
        return f'<details class="seal"><summary>{chip}</summary>{detail}</details>'

    def _invited(self, m: Shown) -> str:
        return self.invites(m.id, m.invited) if m.invited else ""

    def _passed_on(self, m: Shown) -> str:
        return self.passed(m.id, m.passed_on) if m.passed_on else ""

    def _copies(self, m: Shown) -> str:
        if not m.many:
            return ""
        chips = [f'<span class="chip line">{escape(address)}</span>' for address in m.to]
        copy = self.say[COPY]
        chips += [f'<span class="chip line"><small>{copy}</small> {escape(address)}</span>' for address in m.cc]
        first, others = "".join(chips[:FEW]), chips[FEW:]
        if not others:
            return f'<p class="copies">{first}</p>'
        more = escape(_(OTHERS) % {"count": len(others)})
        return (
            f'<div class="copies">{first}<details><summary class="link t12">{more}</summary>'
            f'<p class="copies">{"".join(others)}</p></details></div>'
        )

    def _callout(self, text: str) -> str:
        return (
            f'<p class="callout" data-s="soon" role="note">{icon("shield")}<span class="grow">{escape(text)}</span></p>'
        )

    def _body(self, m: Shown) -> str:
        inside = self._frame(m) if m.frame else f'<div class="words">{m.body}</div>'
        if m.quote:
            inside += (
                f'<details class="quote"><summary title="{self.say[QUOTE]}">{icon("dots", "s")}'
                f'<span class="sr">{self.say[SHOW_QUOTE]}</span></summary>'
                f'<div class="words">{m.quote}</div></details>'
            )
        if m.is_cut:
            inside += (
                f'<p><a class="link t13" href="{self._letter(m)}?as=text" target="_blank">{self.say[WHOLE]}</a></p>'
            )
        return f'<div class="body">{inside}{self._files(m)}</div>'

    def _frame(self, m: Shown) -> str:
        """The question about remote pictures aims at the frame by its name."""
        question = self.remote(m) if m.remote else ""
        about = f'name="letter-{m.id}" title="{self.say[FRAMED]}" src="{self._letter(m)}"'
        return f'{question}<iframe class="letter" {about} {SANDBOX} data-size="{m.frame}"></iframe>'

    def _letter(self, m: Shown) -> str:
        return to("message_body", m.id)

    def _files(self, m: Shown) -> str:
        if not m.files:
            return ""
        inside = "".join(map(self._picture, m.pictures)) + "".join(map(self._paper, m.papers))
        return f'<div class="files">{inside}</div>'

    def _picture(self, file: File) -> str:
        address, name = to_file(file.key), escape(file.name)
        return (
            f'<a class="pic" href="{address}" target="_blank" data-picture title="{name}">'
            f'<img src="{address}" alt="{name}" loading="lazy" decoding="async"></a>'
        )

    def _paper(self, file: File) -> str:
        """What is infected leads to a warning, a PDF to its pages; everything else is saved."""
        address, name = to_file(file.key), f'<b class="clip">{escape(file.name)}</b>'
        size = f"<span>{words.file_size(file.size)}</span>"
        if file.is_infected:
            warned = f'<span class="chip" data-s="breach">{self.say[INFECTED]}</span>'
            return f'<a class="file" data-s="breach" href="{address}">{icon("alert")}{name} {warned}</a>'
        saved = f'<a class="file" href="{address}" download>{icon("clip")}{name} {size}</a>'
        if not file.is_pdf:
            return saved
        title = self.say[PREVIEW]
        look = f'class="btn quiet icon s" href="{address}preview/" target="_blank" title="{title}" aria-label="{title}"'
        return f'<span class="paper">{saved}<a {look}>{icon("eye", "s")}</a></span>'

    def _about(self, m: Shown) -> str:
        """Addresses, how the letter was read, and the letter in its other forms."""
        facts = [(FROM, m.address), (TO, ", ".join(m.to)), (IN_COPY, ", ".join(m.cc))]
        facts += [(SENDER, m.proof)] if m.proof else []
        facts += [(READING, remark) for remark in m.remarks]
        rows = "".join(f"<dt>{self.say[name]}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
        doors = ""
        if m.formatted:
            doors += self._door(self._letter(m), "text", FORMATTED, 'target="_blank"')
        if m.frame:
            doors += self._door(self._letter(m), "eye", ALONE, 'target="_blank"')
            doors += self._door(f"{self._letter(m)}?as=text", "text", PLAIN, 'target="_blank"')
        if m.has_source:
            doors += self._door(to("message_source", m.id), "download", ORIGINAL, "download")
        if self.moves.page:
            onward = f"{self.moves.page}forward/?message={m.id}"
            doors += "" if m.automatic else self._dialog(onward, "forward", FORWARD)
            doors += self._away(m, "new", "plus", INTO_NEW) + self._away(m, "other", "arrow-r", TO_OTHER)
        label = self.say[ABOUT]
        return (
            f'<details class="about"><summary aria-label="{label}" title="{label}">{icon("dots", "s")}</summary>'
            f'<dl class="kv">{rows}</dl><p class="row wrap">{doors}</p></details>'
        )

    def _door(self, address: str, glyph: str, text: str, how: str) -> str:
        return f'<a class="btn quiet s" href="{address}" {how}>{icon(glyph, "s")}{self.say[text]}</a>'

    def _away(self, m: Shown, how: str, glyph: str, text: str) -> str:
        address = f"{self.moves.page}messages/{m.id}/elsewhere/?how={how}"
        return self._dialog(address, glyph, text)

    def _dialog(self, address: str, glyph: str, text: str) -> str:
        return self._door(address, glyph, text, f'hx-get="{address}" hx-target="#dialog-slot" hx-swap="innerHTML"')

    def _trouble(self, m: Shown) -> str:
        fate = m.fate
        if fate is None or not fate.in_trouble:
            return ""
        titles = {"failed": FAILED, "uncertain": UNCERTAIN, "partly": PARTLY}
        plain = escape(fate.words[:1].upper() + fate.words[1:])
        title = self.say[titles[fate.state]] if fate.state in titles else f"{plain}."
        detail = ""
        if fate.detail:
            summary = self.say[SERVER_SAID]
            said = f'<p class="t12 mono">{escape(fate.detail)}</p>'
            detail = f'<details><summary class="t12 mute">{summary}</summary>{said}</details>'
        buttons = self.trouble(m.id, fate.state == "uncertain") if fate.can_send_again else ""
        tone = "soon" if fate.state in ("retry", "partly") else "breach"
        whom = f"<p>{self.say[WITHOUT]} <b>{escape(fate.without)}</b></p>" if fate.without else ""
        return (
            f'<div class="callout fate" data-s="{tone}">{icon("alert")}<div class="grow"><p><b>{title}</b>'
            f" {escape(fate.reason)}</p>{whom}{detail}{buttons}</div></div>"
        )

    def _events(self, group: list[Shown | Event]) -> str:
        """One line, or many folded under the last of them; what stands open below a solution stays open."""
        lines = [self._line(one_) for one_ in group]
        cards = "".join(self._card(one_.card) for one_ in group if isinstance(one_, Event) and one_.card)
        if len(group) == 1:
            return lines[0] + cards
        last = group[-1]
        glyph, said = (last.glyph, self._told(last)) if isinstance(last, Event) else ("mail", escape(last.automatic))
        count = ngettext("%(count)s change", "%(count)s changes", len(group)) % {"count": len(group)}
        return (
            f'<details class="evs"><summary>{icon(glyph)}<span>{said}. <u>{escape(count)}</u></span></summary>'
            f"{''.join(lines)}</details>{cards}"
        )

    def _line(self, event: Shown | Event) -> str:
        if isinstance(event, Shown):
            return self._machine(event)
        tone = f' data-s="{event.state}"' if event.state else ""
        time = f'<time datetime="{event.at.isoformat()}" title="{words.exact(event.at)}">{words.clock(event.at)}</time>'
        undo = self.moves.undo(event.relocation) if event.relocation else ""
        tag = "div" if undo else "p"
        return f'<{tag} class="ev"{tone}>{icon(event.glyph)}<span>{self._told(event)} {time}</span>{undo}</{tag}>'

    def _told(self, event: Event) -> str:
        who = f"<b>{escape(event.who)}</b> · " if event.who else ""
        phrase = escape(event.told_to(self.moves.open_to))
        if event.number and event.number in self.moves.open_to:
            said = f"№ {event.number}"
            phrase = phrase.replace(said, f'<a class="link" href="{to("ticket", event.number)}">{said}</a>')
        return f"{who}{phrase}"

    def _card(self, card: Card) -> str:
        offers = "".join(f"<li>{escape(offer)}</li>" for offer in card.offers)
        below = f'<p class="mute">{self.say[INSTEAD]}</p><ul>{offers}</ul>' if offers else ""
        said = f"<b>{escape(card.title)}</b><p>{escape(card.text)}</p>"
        if card.link:
            to = escape(card.link)
            said += f'<p><a class="link" href="{to}" target="_blank" rel="noopener noreferrer">{to}</a></p>'
        return f'<div class="outcome" data-s="{card.kind}">{said}{below}</div>'


@kept(KEPT, lambda drawn, message, _page: len(drawn) + len(message.body) + len(message.quote))
def _drawn(message: Shown, page: str) -> SafeString:
    """A message in which no form and no question stands; kept for as long as pages show the very same one."""
    alone = Scribe(_nothing, _nothing, _nothing, Moves(page=page), _nothing)
    return SafeString(alone._message(message))


def _nothing(*_of: object) -> str:
    return ""
