"""Who is told by which route, and why not."""

import pytest

from otklik.core.journal.notice import NoticeKind
from otklik.core.notices.deciding import Standing, Why, verdict
from otklik.core.notices.routes import Chosen, Route, effective, read

ON: Chosen = {"due": ["desk", "sound", "push"]}
OFF: Chosen = {"due": [], "mention": []}


@pytest.mark.parametrize(
    ("standing", "kind", "route", "urgent", "why"),
    [
        (Standing(ON, None, 1), "due", Route.PUSH, False, Why.TOLD),
        (Standing(ON, None, 0), "due", Route.PUSH, False, Why.NO_BROWSER),
        (Standing(OFF, None, 1), "due", Route.PUSH, True, Why.SWITCHED_OFF),
        (Standing(ON, Why.HOURS, 1), "due", Route.PUSH, False, Why.HOURS),
        (Standing(ON, Why.ABSENT, 1), "due", Route.SOUND, False, Why.ABSENT),
        (Standing(ON, Why.NOT_WORKING, 1), "due", Route.PUSH, True, Why.URGENT),
        (Standing(ON, Why.HOURS, 1), "due", Route.DESK, False, Why.TOLD),
        (Standing(OFF, Why.ABSENT, 0), "mention", Route.DESK, False, Why.ALWAYS),
        (Standing(OFF, None, 0), "due", Route.DESK, False, Why.SWITCHED_OFF),
    ],
)
def test_the_verdict(standing: Standing, kind: str, route: Route, urgent: bool, why: Why) -> None:
    assert verdict(standing, kind, route, urgent=urgent) == why


def test_the_first_word_holds_and_two_kinds_always_stand_in_the_product() -> None:
    chosen = effective({"due": ["mail"]}, {"due": ["push"], "task": [], "mention": []})

    assert (chosen["due"], chosen["task"], chosen["mention"]) == (["mail"], [], ["desk"])
    assert set(chosen) == set(NoticeKind.values)


@pytest.mark.parametrize("told", [None, [], "x", {"due": "push"}, {"nothing": ["push"]}])
def test_what_cannot_be_read_is_no_choice(told: object) -> None:
    assert read(told) == {}
