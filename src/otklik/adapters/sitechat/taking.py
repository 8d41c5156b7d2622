"""What a window posts is stored before the window hears that it was: once, however often it is posted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from otklik.adapters.sitechat import limits, live
from otklik.adapters.sitechat.models import KIND, SECRET, Asks, Chat, Line, Visitor, digest
from otklik.core.journal import clock
from otklik.core.journal.rows import insert
from otklik.core.staff.models import Throttle
from otklik.core.staff.policies import network_of
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.parcel import Paper, packed
from otklik.desk.channels.plain import plain

UNDERWAY = (Outbound.State.READY, Outbound.State.SENDING)
"""It stands in the window already, and does not count as sent yet."""


class Wrong(Exception):
    """Nothing was stored; `words` say what to do, `field` where."""

    def __init__(self, words: str, field: str = "text") -> None:
        super().__init__(words)
        self.words, self.field = words, field


@dataclass(frozen=True)
class Post:
    """From where it comes: the chat, the secret of the window, a key of its own for each thing posted."""

    chat: Chat
    secret: str
    key: str
    language: str
    remote: str


def weigh(chat: Chat, secret: str, remote: str, size: int) -> None:
    """Counts a large post before anything of it is read, so also what is wrong or repeated.  Raises TooMany."""
    if size <= limits.LARGE:
        return
    begins = f"{_slot_of(chat)}, large"
    buckets = {
        begins: limits.LARGE_TO_CHAT,
        f"{begins} from {network_of(remote)}": limits.LARGE_FROM_NETWORK,
        f"{begins} of {digest(secret)}": limits.LARGE_OF_VISITOR,
    }
    Throttle.objects.attempt(buckets)


def say(post: Post, text: str, files: Sequence[Paper], *, email: str = "", page: str = "") -> Visitor:
    """A message.  Raises Wrong, staff.errors.TooMany and DatabaseError."""
    text = plain(text, lines=True).strip()
    _check(text, files)
    known = Visitor.objects.of_secret(post.chat, post.secret)
    given = cleaned(email) if email.strip() and post.chat.asks_address != Asks.NEVER else ""
    if post.chat.asks_address == Asks.FIRST and not given and not (known and known.email):
        raise Wrong(_("Enter your e-mail address: we answer there if you leave."), "email")
    shown = page_of(page) if post.chat.keeps_page else ""
    if known is not None and _is_stored(post, known):
        return known
    _count(post, known)
    with transaction.atomic():
        visitor = _visitor(post, given, shown)
        is_first = not visitor.lines.exists()
        elsewhere = shown if is_first or shown != visitor.page else ""
        told = {"kind": "say", "key": post.key, "text": text, "page": elsewhere, "first": is_first}
        _keep(post, visitor, told, files)
        visitor.heard_at, visitor.ended_at, visitor.page = clock.now(), None, shown or visitor.page
        visitor.save(update_fields=["heard_at", "ended_at", "page"])
    return visitor


def press(post: Post, visitor: Visitor, data: str, line: int) -> None:
    """A button below one of our messages.  Raises Wrong and TooMany."""
    if not Line.objects.filter(visitor=visitor, pk=line).exclude(outbound=None).exists():
        raise Wrong(_("This question is not here any more."), "choice")
    _count(post, visitor)
    with transaction.atomic():
        _accept(post, visitor, {"kind": "press", "key": post.key, "data": data[:64], "line": line}, ())
        visitor.heard()


def end(post: Post, visitor: Visitor) -> None:
    """They are done; ended twice is ended once.  Raises TooMany."""
    _count(post, visitor)
    with transaction.atomic():
        held = Visitor.objects.select_for_update().get(pk=visitor.pk)
        if held.ended_at is None and held.lines.exists():
            _keep(post, held, {"kind": "end", "key": post.key, "text": ""}, ())
            held.ended_at = held.heard_at = clock.now()
            held.save(update_fields=["ended_at", "heard_at"])


def leave_address(post: Post, email: str) -> None:
    """Where we answer whoever leaves; nobody learns by it whether we know the address.  Raises Wrong and TooMany.

    Nothing is kept by a chat that asks for no address.
    """
    given = cleaned(email)
    _count(post, Visitor.objects.of_secret(post.chat, post.secret))
    if post.chat.asks_address == Asks.NEVER:
        return
    with transaction.atomic():
        _visitor(post, given, "")


def see(visitor: Visitor, last: int) -> bool:
    """Everything of ours up to this line was before their eyes; the visitor is held, as in `leaving.hand_over`.

    False while something of it does not count as sent yet: the window has to say once more that it was seen.
    """
    with transaction.atomic():
        Visitor.objects.select_for_update().get(pk=visitor.pk)
        unseen = Line.objects.filter(visitor=visitor, pk__lte=last, seen_at=None).exclude(outbound=None)
        ours = list(unseen.values_list("pk", "outbound", "outbound__state"))
        done = {pk: sent for pk, sent, state in ours if state not in UNDERWAY}
        if done:
            Line.objects.filter(pk__in=done).update(seen_at=clock.now())
            Outbound.objects.filter(pk__in=done.values()).seen()
        visitor.heard()
    return len(done) == len(ours)


def cleaned(email: str) -> str:
    """Raises Wrong for what is no address, and for our own: a letter there would come back to us."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Wrong(_("This is no e-mail address. It looks like name@example.org."), "email") from None
    if len(email) > 254 or Channel.objects.is_own(email):
        raise Wrong(_("Enter your own address, not ours."), "email")
    return email


def page_of(address: str) -> str:
    """Where it was written, without what stands behind the path: that may be a secret of the site."""
    shown = plain(address).partition("#")[0].partition("?")[0].strip()
    return shown[:500] if shown.startswith(("https://", "http://")) else ""


def _check(text: str, files: Sequence[Paper]) -> None:
    if not text and not files:
        raise Wrong(_("Write a few words or attach a file."))
    if len(text) > limits.LONGEST:
        raise Wrong(_("Up to %s characters go into one message: send the rest as a second one.") % limits.LONGEST)
    if len(files) > limits.MOST_FILES:
        raise Wrong(_("At most %s files go into one message.") % limits.MOST_FILES, "files")
    if any(not file.content for file in files):
        raise Wrong(_("There is nothing in one of the files."), "files")
    sizes = [len(file.content) for file in files]
    if max(sizes, default=0) > limits.MOST_BYTES or sum(sizes) > limits.MOST_AT_ONCE:
        raise Wrong(_("The files are too large: up to 20 MB each and 25 MB together."), "files")


def _count(post: Post, visitor: Visitor | None) -> None:
    """Raises TooMany."""
    network, chat = network_of(post.remote), _slot_of(post.chat)
    buckets = {chat: limits.OF_CHAT, f"{chat} from {network}": limits.FROM_NETWORK}
    if visitor is None:
        buckets[f"{chat}, new from {network}"] = limits.NEW_FROM_NETWORK
    else:
        buckets[f"{chat} of {visitor.pk}"] = limits.OF_VISITOR
    Throttle.objects.attempt(buckets)


def _slot_of(chat: Chat) -> str:
    return f"chat {chat.pk} in {int(clock.now().timestamp()) // limits.SLOT}"


def _visitor(post: Post, email: str, page: str) -> Visitor:
    """The one of the secret, held until the transaction ends; made at the first thing they do."""
    if not SECRET.fullmatch(post.secret):
        raise Wrong(_("Reload the page and try again."))
    told = {"channel_id": post.chat.channel_id, "digest": digest(post.secret)}
    fresh = Visitor(**told, email=email, page=page, language=post.language)
    insert(fresh, unless_known=True)
    visitor = Visitor.objects.select_for_update().get(**told)
    if email and visitor.email != email:
        visitor.email = email
        visitor.save(update_fields=["email"])
    return visitor


def _keep(post: Post, visitor: Visitor, told: Mapping[str, Any], files: Sequence[Paper]) -> None:
    """The message, and its line in every window of the visitor."""
    accepted = _accept(post, visitor, told, files)
    if not accepted.again:
        Line.objects.create(visitor=visitor, inbound_id=accepted.inbound_id)
        live.tell(visitor.pk)


def _accept(post: Post, visitor: Visitor, told: Mapping[str, Any], files: Sequence[Paper]) -> inbox.Accepted:
    return inbox.accept(
        post.chat.channel,
        packed(told, files),
        external_id=f"{visitor.address}:{post.key}",
        content_hash=_hash(post, visitor),
        envelope_from=visitor.address,
        envelope_to=[post.chat.channel.address],
        source=KIND,
    )


def _is_stored(post: Post, visitor: Visitor) -> bool:
    """Posted again, because the answer got lost on its way."""
    return Inbound.objects.filter(channel=post.chat.channel_id, content_hash=_hash(post, visitor)).exists()


def _hash(post: Post, visitor: Visitor) -> str:
    return sha256(f"{KIND}:{visitor.pk}:{post.key}".encode()).hexdigest()
