"""What came before a change, and what came after something that we read late."""

import json
from datetime import timedelta

from otklik.adapters.telegram.models import Bot
from otklik.adapters.telegram.parsing import Said, parsed
from otklik.core.journal import clock
from otklik.desk.channels.models import Inbound
from otklik.desk.channels.models.inbound import JOINED
from otklik.desk.channels.port import Aside, Pressed, Unreadable

LATE = timedelta(days=1)
"""So long after the first post Telegram gives an update up."""
MOST = 20
REACH = ("let_in", "blocked")


def before(bot: Bot, external_id: str, said: Said) -> Said | None:
    """The version that stood before this one; None where we have none."""
    rows = Inbound.objects.filter(external_id=external_id, channel=bot.channel_id).order_by("-pk")
    versions = [_read(bytes(raw), bot) for raw in rows.values_list("raw", flat=True)[:MOST]]
    earlier = [one for one in versions if isinstance(one, Said) and one.edited_at < said.edited_at]
    return max(earlier, key=lambda one: one.edited_at, default=None)


def is_overtaken(inbound: Inbound, bot: Bot, told: Pressed | Aside) -> bool:
    """A later press below the same message, or a later word on whether we are let in, has been read already."""
    if isinstance(told, Aside) and told.reachable is None:
        return False
    outcomes = ("pressed",) if isinstance(told, Pressed) else REACH
    same = Inbound.objects.filter(channel=bot.channel_id, envelope_from__iexact=inbound.envelope_from)
    rows = same.filter(outcome__in=outcomes, received_at__gt=clock.now() - LATE)
    rows = rows.exclude(outcome__in=JOINED)  # none of them is; said for the sake of the index `inbound_apart`
    others = [bytes(raw) for raw in rows.order_by("-pk").values_list("raw", flat=True)[:MOST]]
    mine = _number(bytes(inbound.raw))
    return any(_number(raw) > mine and _matter(_read(raw, bot)) == _matter(told) for raw in others)


def _read(raw: bytes, bot: Bot) -> Said | Pressed | Aside | None:
    try:
        return parsed(raw, bot.number)
    except Unreadable:
        return None


def _number(raw: bytes) -> int:
    return int(json.loads(raw or b"{}").get("update_id", 0))


def _matter(told: Said | Pressed | Aside | None) -> str:
    """The message that a press stood below; one and the same for letting in."""
    return told.origin.rpartition(":")[0] if isinstance(told, Pressed) else ""
