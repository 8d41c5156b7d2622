"""One try to send, part by part: what Telegram has is not sent again."""

import logging
from datetime import timedelta

from django.utils.translation import gettext as _

from otklik.adapters.telegram import api
from otklik.adapters.telegram.models import Bot, Part
from otklik.adapters.telegram.writing import Call, calls_of
from otklik.core.journal import clock
from otklik.core.journal.rows import insert
from otklik.core.staff.seal import Sealed
from otklik.desk.channels import wake
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import Fate, Receipt

logger = logging.getLogger(__name__)

VIEWER = "viewer"
TURN = timedelta(seconds=3)
"""How soon somebody looks again whether an earlier message of the chat has left."""
REST = timedelta(seconds=45)
"""How long a bot that reaches nobody tries nothing; less than the first pause of a message."""
GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot can't initiate", "user not found")
DONE = ("message is not modified", "query is too old", "query id is invalid", "message to edit not found")
"""Nothing is left to be done."""
NO_PICTURE = ("photo_invalid_dimensions", "image_process_failed", "photo_save_file_invalid", "wrong type of")


class TakenOver(Exception):
    """Somebody took the attempt for dead: it is not ours any more."""


def attempt(outbound: Outbound, bot: Bot | None) -> Receipt:
    """Try once.  Our own set-up being wrong is no fault of the message: it waits until that is repaired."""
    if bot is None or not bot.token_secret:
        return Receipt(Fate.SENT, "", VIEWER)
    if outbound.is_behind(TURN):
        return Receipt(Fate.BEHIND, until=clock.now() + TURN)
    try:
        return _through(outbound, bot)
    except Sealed as error:
        bot.channel.has_trouble(str(error))
        return Receipt(Fate.RETRY, str(error), bot.api)


def _through(outbound: Outbound, bot: Bot) -> Receipt:
    done = _had(outbound)
    for position, call in enumerate(calls_of(bytes(outbound.raw))):
        if position in done:
            continue
        try:
            answer = _made(outbound, bot, call)
        except TakenOver:
            return Receipt(Fate.UNCERTAIN, _("Another process took the message over."), bot.api)
        except api.Silent as error:
            return _unanswered(bot, error)
        if not answer.ok and not _is_over(call, answer):
            return _refused(bot, answer)
        sent = answer.result if isinstance(answer.result, dict) else {}
        Part.objects.create(outbound=outbound, position=position, message=sent.get("message_id"))
    bot.sent()
    return Receipt(Fate.SENT, "", bot.api)


def _made(outbound: Outbound, bot: Bot, call: Call) -> api.Answer:
    answer = _asked(outbound, bot, call)
    plain = call.as_document
    if plain and answer.code == 400 and _says(answer, NO_PICTURE):
        return _asked(outbound, bot, plain)
    return answer


def _asked(outbound: Outbound, bot: Bot, call: Call) -> api.Answer:
    """Each call says anew that the attempt is alive.  Raises TakenOver, and what `api.ask` raises."""
    if not outbound.leaves():
        raise TakenOver
    return api.ask(bot, call.method, call.told, call.file)


def _unanswered(bot: Bot, error: api.Silent) -> Receipt:
    """Where nobody is reached at all, the others need not find that out one by one."""
    bot.channel.has_trouble(str(error))
    if error.arrived:
        return Receipt(Fate.UNCERTAIN, str(error), bot.api)
    _rest(bot)
    return Receipt(Fate.RETRY, str(error), bot.api)


def _rest(bot: Bot) -> None:
    until = clock.now() + REST
    bot.channel.rest(until)
    wake.sender(until)


def arrived(outbound: Outbound) -> bool:
    """A person knows that the piece nobody knew of has arrived; True while pieces behind it are still to be sent."""
    done, count = _had(outbound), len(calls_of(bytes(outbound.raw)))
    uncertain = next((position for position in range(count) if position not in done), None)
    if uncertain is not None:
        insert(Part(outbound=outbound, position=uncertain), unless_known=True)
    return len(done) + 1 < count


def how_far(outbound: Outbound) -> str:
    """Which pieces Telegram surely has, where there are several."""
    known, count = len(_had(outbound)), len(calls_of(bytes(outbound.raw)))
    if count < 2:
        return ""
    words = _("It has %(count)s parts; %(known)s have surely arrived, and part %(next)s may have.")
    return words % {"count": count, "known": known, "next": known + 1}


def _had(outbound: Outbound) -> set[int]:
    return set(Part.objects.filter(outbound=outbound.pk).values_list("position", flat=True))


def _is_over(call: Call, answer: api.Answer) -> bool:
    """A button that spins too long stops by itself, and a message that is gone is not replaced."""
    return answer.code == 400 and (call.method == "answerCallbackQuery" or _says(answer, DONE))


def _refused(bot: Bot, answer: api.Answer) -> Receipt:
    if answer.code == 429:
        return Receipt(Fate.WAIT, until=clock.now() + timedelta(seconds=min(max(answer.retry_after, 1), 3600)))
    if answer.code == 403 or _says(answer, GONE):
        said = _(
            "The client has closed the chat with the bot, so nothing arrives in Telegram until they write again."
            " Reach them in another way: their other addresses stand on the card."
        )
        return Receipt(Fate.FAILED, said, bot.api, gone=True)
    words = api.explain(answer)
    if answer.code in (401, 404, 409) or answer.code >= 500:
        bot.channel.has_trouble(words)
        if answer.code in (401, 409):
            _rest(bot)
        return Receipt(Fate.RETRY, words, bot.api)
    logger.warning("%s does not take a message: %s", bot, answer.words)
    return Receipt(Fate.FAILED, words, bot.api)


def _says(answer: api.Answer, words: tuple[str, ...]) -> bool:
    said = answer.words.lower()
    return any(one in said for one in words)
