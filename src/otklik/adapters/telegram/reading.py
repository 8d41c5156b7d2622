"""From an update of Telegram to what it is for us."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from otklik.adapters.telegram import contents, versions
from otklik.adapters.telegram.greeting import greeting
from otklik.adapters.telegram.models import Bot, Fetched
from otklik.adapters.telegram.parsing import Said, named, parsed
from otklik.adapters.telegram.slips import is_slip
from otklik.desk.channels.models import Inbound
from otklik.desk.channels.port import Aside, Incoming, IncomingFile, Pressed


def read(inbound: Inbound, bot: Bot) -> Incoming | Pressed | Aside:
    """Raises Unreadable for what Telegram would never send."""
    told = parsed(bytes(inbound.raw), bot.number)
    if isinstance(told, Said):
        return _message(inbound, bot, told)
    return Aside("overtaken") if versions.is_overtaken(inbound, bot, told) else told


def _message(inbound: Inbound, bot: Bot, said: Said) -> Incoming | Aside:
    if said.is_command:
        return Aside("greeted", greeting(bot, said.sender, said.language), said.sender, reachable=True)
    before = versions.before(bot, inbound.external_id, said) if said.edited_at else None
    if before is not None and said.says_the_same_as(before):
        return Aside("unchanged")
    has_old_file = before is not None and said.has_file_of(before)
    files, missing = _files(inbound, None if has_old_file else said.file)
    return Incoming(
        external_id=f"{inbound.external_id}:{said.edited_at}" if said.edited_at else inbound.external_id,
        sender=said.sender,
        sender_name=said.name,
        sender_shown=said.shown,
        text=said.whole,
        new_text=said.whole,
        sent_at=said.at,
        references=_references(inbound, bot, said),
        to=[],
        files=files,
        language=said.language,
        corrects=has_old_file and before is not None and is_slip(before.text, said.text),
        remarks=[*_remarks(said, is_other_file=before is not None and not has_old_file), *missing],
    )


def _references(inbound: Inbound, bot: Bot, said: Said) -> list[str]:
    """What they changed, or answered to."""
    if said.edited_at:
        return [inbound.external_id]
    if said.answered is None:
        return []
    message, is_ours = said.answered
    return contents.ours(bot, message, said.chat) if is_ours else [named(bot.number, said.chat, message)]


def _files(inbound: Inbound, file: contents.File | None) -> tuple[tuple[IncomingFile, ...], tuple[str, ...]]:
    """The file with the message, and a remark where it could not be had."""
    if file is None:
        return (), ()
    if file.is_too_large:
        words = _("The file “%(name)s” is too large for bots (more than 20 MB): ask the client to send it by mail.")
        return (), (words % {"name": file.name},)
    fetched = Fetched.objects.filter(inbound=inbound).first()
    if fetched is None:
        words = _("The file “%(name)s” could not be fetched from Telegram: ask the client to send it again.")
        return (), (words % {"name": file.name},)
    fetched.delete()
    return (IncomingFile(file.name, file.media_type, bytes(fetched.content)),), ()


def _remarks(said: Said, *, is_other_file: bool) -> Iterator[str]:
    if said.edited_at:
        yield _("The client has changed a message of theirs: this is how it reads now, what it was stands above.")
    if is_other_file:
        yield _("The file is another one than before.")
    if said.first_by is not None:
        yield _("Passed on; first written by %s.") % (said.first_by or _("somebody"))
