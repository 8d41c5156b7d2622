"""ACCESS-4: a form names each field that it sets; none takes what a model has."""

from collections.abc import Iterator

from django import forms
from django.urls import get_resolver


def known(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from known(one)


def test_ACCESS_4_every_form_of_a_model_lists_its_fields() -> None:
    assert get_resolver().url_patterns, "whatever has an address is imported"
    ours = {one for one in known(forms.ModelForm) if one.__module__.startswith("otklik.") and hasattr(one, "Meta")}
    loose = {
        f"{one.__module__}.{one.__name__}"
        for one in ours
        if not isinstance(getattr(one.Meta, "fields", None), list | tuple) or getattr(one.Meta, "exclude", None)  # type: ignore[attr-defined]
    }
    assert loose == set()
    assert len(ours) > 20
