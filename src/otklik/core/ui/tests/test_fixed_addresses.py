"""An address with one number is put together, one with a word is kept; every other one is the resolver's."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe

from otklik.core.ui.fixed_addresses import FixedAddress

HEAD = "{% load ui %}"


@pytest.mark.parametrize("number", [0, 1, 4817, 48174817, 10**15])
def test_it_is_the_address_that_the_resolver_gives(number: int) -> None:
    template = Template(HEAD + '{% url "workspace:reply" n %}')

    assert template.nodelist.get_nodes_by_type(FixedAddress)
    assert template.render(Context({"n": number})) == reverse("workspace:reply", args=[number])


@pytest.mark.parametrize("word", ["mine", "line", mark_safe("all")])
def test_a_word_leads_where_the_resolver_leads(word: str) -> None:
    template = Template(HEAD + '{% url "workspace:queue" view %}|{% url "workspace:inbox" %}')

    for _time in range(2):
        told = template.render(Context({"view": word}))
        assert told == f"{reverse('workspace:queue', args=[word])}|{reverse('workspace:inbox')}"


def test_what_is_no_number_is_asked_of_the_resolver() -> None:
    template = Template(HEAD + '{% url "workspace:reply" n %}')

    assert template.render(Context({"n": "7"})) == "/tickets/7/reply/"
    for wrong in ("x", None, True):
        with pytest.raises(NoReverseMatch):
            template.render(Context({"n": wrong}))


def test_it_is_kept_for_the_lines_below() -> None:
    template = Template(HEAD + '{% url "workspace:reply" n as x %}{% url "no:such" n as y %}<{{ x }}|{{ y }}>')

    assert template.render(Context({"n": 7})) == "</tickets/7/reply/|>"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        Template(HEAD + '{% url "no:such" n %}').render(Context({"n": 7}))


@pytest.mark.parametrize(
    "tag", ["{% url name n %}", '{% url "workspace:queue" name="mine" %}', '{% url "workspace:inbox"|lower %}']
)
def test_other_forms_are_djangos_own(tag: str) -> None:
    template = Template(HEAD + tag)

    assert not template.nodelist.get_nodes_by_type(FixedAddress)
    assert template.render(Context({"n": 7, "name": "workspace:reply"})).startswith("/")
