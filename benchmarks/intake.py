"""Mails come in by LMTP as fast as they are taken, and become requests."""

import time
from collections.abc import AsyncIterator
from typing import Any

from benchmarks.client import drive
from benchmarks.desk import BUSY_IN, BUSY_OUT, OURS, Desk, Figures, judged
from benchmarks.lmtp import Door
from benchmarks.mails import mails
from benchmarks.product import LMTP
from benchmarks.turns import Turns
from benchmarks.words import Author

OPENED = "SELECT count(*) FROM channels_inbound WHERE id > %s AND outcome = 'opened'"


async def intake(desk: Desk) -> AsyncIterator[Figures]:
    """From the first mail handed over until all are requests and their receipts are sent; then each is counted."""
    address, author = desk.ask(OURS), Author(f"{desk.seed}-reference")
    letters = list(mails(f"{desk.seed}-intake", desk.mails, desk.people, address))
    door, turns, bursts = Door("127.0.0.1", desk.product.port + LMTP, address), Turns(), []
    for number in range(desk.rounds):
        turns.raw.append(desk.reference.intake([author.body("ru") for _ in range(200)]))
        bursts.append(await _burst(desk, door, letters[number :: desk.rounds], turns))
    await door.close()
    opened, seconds = sum(one[0] for one in bursts), sum(one[1] for one in bursts)
    if opened != len(letters):
        turns.ours[-1].failed.append(f"{len(letters)} accepted, {opened} became requests")
    more = {"opened": opened, "seconds_per_1000": round(1000 * seconds / max(1, len(letters)), 1)}
    yield judged("intake", turns, **more)


async def _burst(desk: Desk, door: Door, letters: list[bytes], turns: Turns) -> tuple[Any, float]:
    """(how many became requests, seconds until the last had)."""
    last = desk.ask("SELECT max(id) FROM channels_inbound")
    before, began = desk.product.tree.seconds(), time.perf_counter()
    run = await drive(desk.product.tree, letters, door.hand_over)
    await desk.calm(BUSY_IN, 600)
    visible = time.perf_counter() - began
    await desk.calm(BUSY_OUT, 300)
    used = desk.product.tree.seconds() - before
    run.app, run.db = used.app, used.db
    turns.ours.append(run)
    return desk.ask(OPENED, last), visible
