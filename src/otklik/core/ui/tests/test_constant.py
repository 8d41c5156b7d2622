"""`{% constant %}`: written once in each language, and nothing of one reader reaches another."""

from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from otklik.core.ui import constant

HEAD = "{% load i18n ui %}"


def written(template: Template, **values: object) -> str:
    return template.render(Context(values))


def test_it_is_written_once_for_each_value(monkeypatch: pytest.MonkeyPatch) -> None:
    times, original = [], constant.ConstantNode._write

    def counted(*args: Any) -> Any:
        times.append(1)
        return original(*args)

    monkeypatch.setattr(constant.ConstantNode, "_write", counted)
    template = Template(HEAD + "{% constant id %}<b id='{{ id }}'></b>{% endconstant %}")

    assert [written(template, id=one) for one in "aab"] == ["<b id='a'></b>", "<b id='a'></b>", "<b id='b'></b>"]
    assert len(times) == 2


def test_each_language_has_its_own() -> None:
    template = Template(HEAD + '{% constant %}{% translate "Bold" %}{% endconstant %}')

    said = []
    for language in ("en", "ru", "en"):
        with translation.override(language):
            said.append(written(template))
    assert said == ["Bold", "Полужирный", "Bold"]


def test_what_is_not_named_is_missing() -> None:
    template = Template(HEAD + "{% constant a=user.name %}{{ a }}|{{ user.name }}{{ csrf_token }}{% endconstant %}")

    assert written(template, user={"name": "Анна"}, csrf_token="secret") == "Анна|"


def test_an_unsafe_text_is_never_taken_for_a_safe_one() -> None:
    from django.utils.safestring import mark_safe

    template = Template(HEAD + "{% constant text %}{{ text }}{% endconstant %}")

    assert written(template, text=mark_safe("<b>")) == "<b>"
    assert written(template, text="<b>") == "&lt;b&gt;"


def test_it_does_not_remember_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constant, "MOST", 3)
    template = Template(HEAD + "{% constant n %}{{ n }}{% endconstant %}")

    assert "".join(written(template, n=number) for number in range(9)) == "012345678"
    (node,) = template.nodelist.get_nodes_by_type(constant.ConstantNode)
    assert isinstance(node, constant.ConstantNode) and len(node.written) <= 3


def test_it_takes_names_and_pairs_alone() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(HEAD + '{% constant "text" %}{% endconstant %}')


def test_holes_are_filled_anew_in_every_page_and_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    times, original = [], constant.ConstantNode._write

    def counted(*args: Any) -> Any:
        times.append(1)
        return original(*args)

    monkeypatch.setattr(constant.ConstantNode, "_write", counted)
    body = "{% constant id holes n=ticket.n view %}{{ id }}:{{ n }}?{{ view }}#{{ n }}{% endconstant %}"
    template = Template(HEAD + body)

    assert written(template, id="a", ticket={"n": 7}, view="x=1&y=2") == "a:7?x=1&amp;y=2#7"
    assert written(template, id="a", ticket={"n": 8}, view=None) == "a:8?#8"
    assert len(times) == 1


def test_a_number_fits_an_address() -> None:
    template = Template(HEAD + '{% constant holes n %}{% url "workspace:ticket" n %}{% endconstant %}')

    assert [written(template, n=number) for number in (1, 20)] == ["/tickets/1/", "/tickets/20/"]


def test_nothing_is_decided_upon_a_hole() -> None:
    template = Template(HEAD + "{% constant holes n %}{% if n %}yes{% endif %}{% endconstant %}")

    for n in (1, "text"):
        with pytest.raises(TemplateSyntaxError, match="only printed"):
            written(template, n=n)


@pytest.mark.parametrize("kind", [str, int])
def test_what_fills_a_hole_is_not_a_hole(kind: type) -> None:
    text = constant.TEXT.format(0) if kind is str else str(constant.NUMBER)
    template = Template(HEAD + "{% constant holes a b %}{{ a }}{{ b }}{% endconstant %}")

    assert written(template, a="<", b=text) == f"&lt;{text}"
