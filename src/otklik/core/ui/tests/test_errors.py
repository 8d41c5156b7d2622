"""Pages that must work when nothing else does."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_error_page_needs_no_request_and_no_database(name: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(f"{name}.html")
    assert f'lang="{language}"' in page
    assert "<h1>" in page
    assert 'href="/"' in page
    assert "<script" not in page
