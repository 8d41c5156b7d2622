"""Surveys of the tests."""

from collections.abc import Callable
from typing import Any

import pytest

from otklik.care.surveys.models import Survey
from otklik.care.surveys.scales import Kind

type Ask = Callable[..., Survey]


@pytest.fixture
def survey(db: None) -> Ask:
    """`survey("event", {"kind": "nps"}, …)`: one that runs and asks these questions."""

    def make(occasion: str, *questions: dict[str, Any], begin: bool = True, **details: Any) -> Survey:
        made = Survey.objects.create(name="Проверка", occasion=occasion, **details)
        draft = made.draft()
        for told in questions or ({"kind": Kind.CSAT5},):
            follows = told.pop("after", None)
            draft.questions.create(follows=draft.questions.all()[follows] if follows is not None else None, **told)
        if begin:
            made.begin()
        return made

    return make
