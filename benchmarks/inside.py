"""Rounds of the scheduler from within: a process that does what a worker does and says how long each took.

The only part of the benchmarks that imports the product (with `furnishing`), and in a process of its own: its settings
read the data folder that the environment names.  It is asked by lines on its input (`{"job": …, "times": …}`) and
answers with the milliseconds of each time and the CPU of this process and of its backend.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Self

from benchmarks.client import Run
from benchmarks.cost import of_thread
from benchmarks.furnishing import furnish, report, settle
from benchmarks.product import surroundings

TAKER = "marina"
EVERY = "every periodic job"


class Inside:
    """The other end: ask for rounds, get a `Run`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "benchmarks.inside"]
        environment = surroundings() | {"OTKLIK_DATA": str(self.folder)}
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)

    def ask(self, job: str, times: int) -> Run:
        told = self._ask({"job": job, "times": times})
        return Run(ms=told["ms"], app=told["app"], db=told["db"])

    def every_periodic_job(self) -> dict[str, Run]:
        """Each job of the scheduler once, by its name: what runs once an hour or at night shows nowhere else."""
        told = self._ask({"job": EVERY})
        return {name: Run(ms=each["ms"], app=each["app"], db=each["db"]) for name, each in told.items()}

    def _ask(self, words: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        print(json.dumps(words), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"The process that does {words['job']} has ended.")
        return json.loads(answer)


def periodic() -> dict[str, Callable[[], object]]:
    """Every job that the scheduler begins by itself, as a worker would run it now."""
    from procrastinate.contrib.django import app

    def as_now(task: Any) -> Callable[[], object]:
        return lambda: task.func(int(time.time()))

    return {one.task.name: as_now(one.task) for one in app.periodic_registry.periodic_tasks.values()}


def of_figures() -> dict[str, Callable[[], object]]:
    """For `otklik bench measured`."""
    return {"furnish": furnish, "settle": settle, "report": report, "recount": partial(report, exact=True)}


def rounds() -> dict[str, Callable[[], object]]:
    """What a worker does every quarter of a minute, every minute, and when somebody asks for work."""
    from django.db import transaction

    from otklik.core.staff.models import User
    from otklik.desk.automation import due as rules
    from otklik.desk.routing import giving
    from otklik.desk.routing.models import Delegation, Handover
    from otklik.desk.sla import due, recounting
    from otklik.desk.tickets.models import Ticket

    taker = User.objects.get(login=TAKER)

    def quarter() -> None:
        """All that the scheduler looks at four times a minute."""
        Ticket.objects.wake_due()
        Ticket.objects.mind_promises()
        due.tell_all()
        rules.look()

    def minute() -> None:
        Delegation.objects.hand_over_all()
        Delegation.objects.give_back_all()
        Handover.objects.tell_waiting()
        giving.give_out_everywhere()
        recounting.recount_changed()

    def take() -> None:
        """The next one for a person who presses, with all that follows; and not kept, so that the next is as good."""
        with transaction.atomic():
            if Ticket.objects.take_next(by=taker) is None:
                raise SystemExit("Nothing waits to be taken.")
            transaction.set_rollback(True)

    return {"wake": Ticket.objects.wake_due, "quarter": quarter, "minute": minute, "take": take}


def main() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
    import django

    django.setup()
    from django.db import connection

    known = rounds() | of_figures()
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["job"] == EVERY:
            told = {name: _timed(job, 1, backend) for name, job in periodic().items()}
        else:
            told = _timed(known[asked["job"]], asked["times"], backend)
        print(json.dumps(told), flush=True)


def _timed(job: Callable[[], object], times: int, backend: int) -> dict[str, Any]:
    ms, app, db = [], time.process_time(), of_thread(backend)
    for _ in range(times):
        began = time.perf_counter()
        job()
        ms.append(1000 * (time.perf_counter() - began))
    return {"ms": ms, "app": time.process_time() - app, "db": of_thread(backend) - db}


if __name__ == "__main__":
    main()
