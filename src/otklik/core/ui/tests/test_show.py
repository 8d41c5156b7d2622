"""The whole page for a browser, its part for htmx."""

import pytest
from django.test import RequestFactory
from django.test.utils import override_settings

from otklik.core.ui.show import show

TEMPLATE = "page.html"
SOURCE = "<h1>page</h1>{% partialdef box inline %}<p>{{ word }}</p>{% endpartialdef %}"
ENGINE = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {TEMPLATE: SOURCE})]},
    }
]
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        (HTMX, False),
        ({**HTMX, "HX-Request-Type": "full"}, True),
        ({**HTMX, "HX-Boosted": "true"}, True),
        ({**HTMX, "HX-History-Restore-Request": "true"}, True),
    ],
)
@override_settings(TEMPLATES=ENGINE)
def test_who_asks_decides_what_comes(headers: dict[str, str], whole: bool) -> None:
    request = RequestFactory().get("/", headers=headers)
    answer = show(request, TEMPLATE, {"word": "да"}, part="box", status=422)
    assert answer.status_code == 422
    assert ("<h1>" in answer.content.decode()) is whole
    assert "<p>да</p>" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


@override_settings(TEMPLATES=ENGINE)
def test_without_a_part_htmx_gets_the_page_too() -> None:
    assert b"<h1>" in show(RequestFactory().get("/", headers=HTMX), TEMPLATE).content
