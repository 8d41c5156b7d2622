"""Articles of the tests."""

from collections.abc import Callable
from typing import Any

import pytest

from otklik.care.knowledge.models import Article, Section
from otklik.core.staff.models import User

type Begin = Callable[..., Article]


@pytest.fixture
def section(db: None) -> Section:
    return Section.objects.create(name="Номера", name_en="Numbers")


@pytest.fixture
def begin(anna: User, section: Section) -> Begin:
    """`begin("Title", "Text", published=True, public=True, …)`."""

    def make(
        title: str = "Как перенести номер",
        text: str = "Номер переносится за восемь дней.",
        *,
        published: bool = True,
        public: bool = False,
        **told: Any,
    ) -> Article:
        told = {"by": anna, "section": section, "audience": "public" if public else "internal", **told}
        made = Article.objects.begin(title=title, text=text, **told)
        if published:
            made.publish(by=told["by"])
        return made

    return make
