"""A large old mailbox is taken in from a real Dovecot: stopped by its button, killed, resumed, and counted."""

import asyncio
import re
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import maildir
from benchmarks.client import Browser, Form
from benchmarks.desk import Desk, Figures
from benchmarks.maildir import Written
from benchmarks.product import password_of

ADDRESS, PASSWORD = "archive@desk.test", "password of the archive"
ADMINISTRATOR = "gleb"
STOP_AT, KILL_AT = 0.2, 0.5
"""Shares of the letters at which the button is pressed, and at which everything is killed with -9."""
STILL = 5.0
"""So long nothing may move once it was stopped."""
LOOK = 1.0
IDLE = 120.0
"""Seconds without any progress that mean: it hangs."""
CURRENT = re.compile(r"<progress[^>]*max=\"(\d+)\" value=\"(\d+)\"")

HERE = "channel_id = (SELECT id FROM channels_channel WHERE address = %s)"
STORED = f"SELECT count(*) FROM channels_inbound WHERE {HERE}"
WAITING = f"SELECT count(*) FROM channels_inbound WHERE {HERE} AND state = 'accepted'"
FILED = f"SELECT count(*) FROM channels_inbound i WHERE {HERE} AND state = 'read'"
OF_INBOUND = f"FROM conversations_message m JOIN channels_inbound i ON i.id = m.inbound_id WHERE {HERE}"
MESSAGES = f"SELECT count(*) {OF_INBOUND}"
DISTINCT = f"SELECT count(DISTINCT m.external_id) {OF_INBOUND}"
REQUESTS = f"SELECT count(DISTINCT m.conversation_id) {OF_INBOUND}"
UNSENT = "SELECT count(*) FROM channels_outbound WHERE id > %s"


@dataclass
class Look:
    """One moment of the import; `shown` is what the mailbox's page says."""

    at: float
    shown: int
    stored: int
    filed: int
    app_mb: float
    db_mb: float
    page_ms: float
    cpu: float = 0.0


@dataclass
class Watch:
    """Looks every second; the clock stands while nothing is meant to move."""

    desk: Desk
    page: str
    browser: Browser
    looks: list[Look] = field(default_factory=list)
    paused: float = 0.0

    async def look(self) -> Look:
        began = time.perf_counter()
        shown = _shown(await self.browser.text(self.page))
        ms = 1000 * (time.perf_counter() - began)
        stored, filed = (self.desk.ask(question, ADDRESS) for question in (STORED, FILED))
        held = self.desk.product.tree.megabytes()
        now = time.perf_counter() - self.paused
        cpu = self.desk.product.tree.seconds().sum
        self.looks.append(Look(now, shown, stored, filed, held["app"], held["db"], ms, cpu))
        return self.looks[-1]

    async def until(self, reached: Callable[[Look], bool]) -> Look:
        moved = time.monotonic()
        while not reached(look := await self.look()):
            if len(self.looks) > 1 and (look.stored, look.filed) != (self.looks[-2].stored, self.looks[-2].filed):
                moved = time.monotonic()
            if time.monotonic() - moved > IDLE:
                raise SystemExit(f"The import hangs: {look}")
            await asyncio.sleep(LOOK)
        return look


async def mailbox(desk: Desk) -> AsyncIterator[Figures]:
    """Every letter of the mailbox is one message in the end, whatever happened on the way."""
    if not (shutil.which("dovecot") or Path("/usr/sbin/dovecot").exists()):
        yield {"job": "mailbox", "skipped": "no Dovecot here (apt-get install dovecot-imapd dovecot-lmtpd)"}
        return
    with dovecot(desk.letters, desk.seed) as (port, written):
        browser = Browser(desk.product.url)
        try:
            await browser.sign_in(ADMINISTRATOR, password_of(desk.product.folder, ADMINISTRATOR))
            letters_before = desk.ask("SELECT coalesce(max(id), 0) FROM channels_outbound")
            page = await _connect(desk, browser, port)
            watch = Watch(desk, page + "progress/", browser)
            troubles = await _take_in(watch, page, written)
        finally:
            await browser.close()
    found = {name: desk.ask(question, ADDRESS) for name, question in COUNTS.items()}
    found["written_to_clients"] = desk.ask(UNSENT, letters_before)
    troubles += [*wrong(found, written), *desk.product.errors()]
    yield {
        "job": "mailbox",
        "n": written.letters,
        "failed": len(troubles),
        "lying_there": asdict(written),
        "found": found,
        **figures(watch.looks),
    } | ({"troubles": troubles} if troubles else {})


COUNTS = {"stored": STORED, "filed": FILED, "messages": MESSAGES, "distinct": DISTINCT, "requests": REQUESTS}


async def _take_in(watch: Watch, page: str, written: Written) -> list[str]:
    """Watched to the end, with a stop by the button and a death on the way; what went wrong."""
    desk, many = watch.desk, written.letters
    await watch.until(lambda look: look.shown >= many * STOP_AT)
    troubles = await _stop_and_go_on(watch, page)
    await watch.until(lambda look: look.shown >= many * KILL_AT)
    gone = time.perf_counter()
    desk.revive()
    watch.paused += time.perf_counter() - gone
    await watch.until(lambda look: look.stored >= written.distinct and not desk.ask(WAITING, ADDRESS))
    await watch.until(lambda look: not look.shown)
    return troubles


async def _stop_and_go_on(watch: Watch, page: str) -> list[str]:
    began = time.perf_counter()
    await _press(watch, page, stop="1")
    at_once = (await _settled(watch)).stored
    await asyncio.sleep(STILL)
    later = (await watch.look()).stored
    await _press(watch, page, go="1")
    watch.paused += time.perf_counter() - began
    return [] if later == at_once else [f"{later - at_once} letters were taken in after it was stopped"]


async def _settled(watch: Watch) -> Look:
    """The fetcher hears of the button within some seconds and ends with what it has in its hands."""
    await asyncio.sleep(STILL)
    return await watch.look()


async def _press(watch: Watch, page: str, **button: str) -> None:
    action = f"{page}hold/"
    status, _headers = await watch.browser.post(
        action, Form.of(await watch.browser.text(page), action).filled(**button)
    )
    if status != 200:
        raise SystemExit(f"The button of the mailbox's page answers {status}")


async def _connect(desk: Desk, browser: Browser, port: int) -> str:
    """By the form, as an administrator does it; the page of the mailbox."""
    action = "/settings/channels/new/email/"
    form = Form.of(await browser.text(action), "")
    typed = {
        **{"address": ADDRESS, "receiving": "imap", "imap_password": PASSWORD, "imap_host": "127.0.0.1"},
        **{"imap_port": str(port), "imap_security": "none", "sending": "viewer", "signs_in": "password"},
        **{"after_reading": "seen", "dkim": "", "anyway": "1"},
    }
    form.fields = [(name, value) for name, value in form.fields if name != "only_new"]
    status, _headers = await browser.post(action, form.filled(**typed))
    number = desk.ask("SELECT id FROM channels_channel WHERE address = %s", ADDRESS)
    if status != 200 or number is None:
        raise SystemExit(f"The mailbox cannot be connected: {status}")
    return f"/settings/channels/{number}/"


@contextmanager
def dovecot(many: int, seed: str) -> Iterator[tuple[int, Written]]:
    """A server of its own with the mailbox in it; its port without encryption, which loopback needs none of."""
    from tests.real_mail import certificates
    from tests.real_mail.dovecot import Dovecot

    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("certificates", "dovecot"):
            (folder / part).mkdir()
        certificates.make(folder / "certificates")
        server = Dovecot(folder / "dovecot", folder / "certificates", {ADDRESS: PASSWORD})
        written = maildir.fill(folder / "dovecot" / "mail" / ADDRESS / "Maildir", ADDRESS, many, seed)
        maildir.hand_to(folder / "dovecot" / "mail", *_owner(folder / "dovecot" / "mail"))
        server.start()
        try:
            yield server.imap, written
        finally:
            server.stop()


def _owner(folder: Path) -> tuple[str, str]:
    return folder.owner(), folder.group()


def _shown(part: str) -> int:
    """How many the page says were taken; 0 when it shows no progress."""
    found = CURRENT.search(part)
    return int(found[2]) if found else 0


def wrong(found: Figures, written: Written) -> list[str]:
    wanted = {
        **dict.fromkeys(("stored", "filed", "messages", "distinct"), written.distinct),
        "requests": written.threads,
    }
    wanted["written_to_clients"] = 0
    return [f"{name}: {found[name]} instead of {number}" for name, number in wanted.items() if found[name] != number]


def figures(looks: list[Look]) -> dict[str, Any]:
    """By tenths of the way: letters a second, CPU for each of them, which holds on a shared machine, and memory."""
    end = looks[-1].filed
    tenths = [[look for look in looks if end * part / 10 <= look.filed <= end * (part + 1) / 10] for part in range(10)]
    return {
        "seconds": round(looks[-1].at - looks[0].at),
        "per_second": round(end / max(looks[-1].at - looks[0].at, 0.1), 1),
        "rate_by_tenths": [_rate(part) for part in tenths],
        "cpu_ms_by_tenths": [_cost(part) for part in tenths],
        "app_mb_by_tenths": [_held(part, "app_mb") for part in tenths],
        "db_mb_by_tenths": [_held(part, "db_mb") for part in tenths],
        "app_mb_peak": round(max(look.app_mb for look in looks)),
        "progress_page_ms": round(median(look.page_ms for look in looks)),
        "longest_page_ms": round(max(look.page_ms for look in looks)),
    }


def _rate(part: list[Look]) -> float:
    if len(part) < 2 or part[-1].at <= part[0].at:
        return 0.0
    return round((part[-1].filed - part[0].filed) / (part[-1].at - part[0].at), 1)


def _cost(part: list[Look]) -> float:
    """CPU ms for each letter; the product that was killed took its count along."""
    steps = [(after.cpu - before.cpu, after.filed - before.filed) for before, after in pairwise(part)]
    counted = [(cpu, filed) for cpu, filed in steps if cpu >= 0]
    return round(1000 * sum(cpu for cpu, _ in counted) / max(1, sum(filed for _, filed in counted)), 1)


def _held(part: list[Look], name: str) -> int:
    return round(median(getattr(look, name) for look in part)) if part else 0
