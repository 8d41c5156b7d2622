"""Rules for tests, and the jobs that run them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core.journal.news import react_to
from otklik.desk.automation import calling
from otklik.desk.automation.models import Rule

type MakeRule = Callable[..., Rule]
type Work = Callable[[], int]


@pytest.fixture
def rule(db: None) -> MakeRule:
    """`rule("opened", [("priority", "in", ["4"])], [("tag", {"tags": "vip"})])`: a rule in force from now on."""

    def make(what: str, conditions: Any = (), acts: Any = (("tag", {"tags": "rule"}),), **told: Any) -> Rule:
        plain = [{"fact": fact, "how": how, "value": value} for fact, how, value in conditions]
        done = [{"act": act, **with_} for act, with_ in acts]
        number = Rule.objects.count()
        made = Rule(**{"name": f"Правило {number}", "what": what, "conditions": plain, "acts": done, **told})
        made.begin()
        return made

    return make


@pytest.fixture
def work(db: None) -> Work:
    """Do the jobs of this room until there are none, as a worker would; returns how many there were."""

    def until_done() -> int:
        count = 0
        while job := _jobs().order_by("pk").first():
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
            count += 1
            if job.task_name == "journal.react":
                react_to(job.args["name"], job.args["entry_id"])
            else:
                calling.call(job.args["delivery_id"])
        return count

    def _jobs() -> Any:
        reactions = Q(task_name="journal.react", args__name__startswith="otklik.desk.automation")
        calls = Q(task_name="automation.call", scheduled_at=None)
        return ProcrastinateJob.objects.filter(reactions | calls)

    return until_done
