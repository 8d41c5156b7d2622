"""Files of messages are fetched apart, so that reading never waits for a slow line."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from otklik.adapters.telegram import api
from otklik.adapters.telegram.models import Bot, Fetched
from otklik.adapters.telegram.parsing import Said, parsed
from otklik.adapters.telegram.taking import FETCH
from otklik.core.journal import clock
from otklik.core.journal.rows import insert
from otklik.core.staff.seal import Sealed
from otklik.desk.channels import wake
from otklik.desk.channels.models import Inbound

logger = logging.getLogger(__name__)

PAUSES: Sequence[int] = (2, 10, 30)
"""Seconds before each further try."""
KEPT = timedelta(days=1)


def fetch(inbound_id: int, tried: int) -> None:
    """One try; the message is read with the file, or without it after the last one."""
    inbound = Inbound.objects.waiting().select_related("channel").filter(pk=inbound_id).first()
    bot = Bot.objects.of(inbound.channel) if inbound else None
    if inbound is None or bot is None:
        return
    try:
        content = _content(bot, inbound)
    except (api.Silent, Sealed) as error:
        logger.warning("a file of message %s cannot be fetched: %s", inbound_id, error)
        if tried < len(PAUSES):
            later = app.configure_task(FETCH, schedule_in={"seconds": PAUSES[tried]}, allow_unknown=False)
            later.defer(inbound_id=inbound_id, tried=tried + 1)
            return
        content = None
    except Exception:  # a fault of ours, or an answer that is none: nobody waits for it
        logger.exception("a file of message %s cannot be fetched", inbound_id)
        content = None
    _ready(inbound, content)


def _content(bot: Bot, inbound: Inbound) -> bytes | None:
    """None where there is no file, or Telegram says that it gives none.  Raises what `api` raises."""
    said = parsed(bytes(inbound.raw), bot.number)
    if not isinstance(said, Said) or said.file is None:
        return None
    answer = api.ask(bot, "getFile", {"file_id": said.file.number})
    if not answer.ok:
        if answer.code == 429 or answer.code >= 500:
            raise api.Silent(api.explain(answer), arrived=False)
        return None
    return api.fetch(bot, str(answer.result["file_path"]))


@transaction.atomic
def _ready(inbound: Inbound, content: bytes | None) -> None:
    if content is not None:
        insert(Fetched(inbound=inbound, content=content), unless_known=True)
    Inbound.objects.waiting().filter(pk=inbound.pk).update(not_before=None)
    wake.reader_after_commit()


def forget_old() -> None:
    """Files of messages that nobody can read."""
    Fetched.objects.filter(at__lt=clock.now() - KEPT).delete()
