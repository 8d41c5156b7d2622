"""The short way of templates: what it says is what Django says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.template.backends.django import DjangoTemplates
from django.template.base import VariableDoesNotExist
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

LIBRARIES = {"i18n": "django.templatetags.i18n", "ui": "otklik.core.ui.templatetags.ui"}
PLAIN = "django.template.loaders.locmem.Loader"
QUICK = "otklik.core.ui.quick.loader.Loader"


class Pair(NamedTuple):
    name: str
    size: int


@dataclass
class Person:
    name: str = "Анна <b>"
    tags: list[str] = field(default_factory=lambda: ["a&b", "c"])
    manager: "Person | None" = None

    def greeting(self) -> str:
        return f"hello, {self.name}"

    def remove(self) -> str:
        raise AssertionError("nobody calls this from a page")

    remove.alters_data = True  # type: ignore[attr-defined]

    def needs_more(self, more: str) -> str:
        return more

    @property
    def broken(self) -> str:
        raise AttributeError("inside")


def stream() -> Iterator[str]:
    return iter("ab")


def engines(files: dict[str, str]) -> tuple[Engine, Engine]:
    plain = (PLAIN, files)
    return tuple(  # type: ignore[return-value]
        Engine(libraries=LIBRARIES, loaders=[loader]) for loader in (plain, (QUICK, [plain]))
    )


def said(engine: Engine, name: str = "page") -> str:
    values: dict[str, Any] = {
        "person": Person(manager=Person("Б")), "lazy": SimpleLazyObject(Person), "pair": Pair("two", 2),
        "table": {"name": "x", "items": "own", "1": "text key", 2: "number key"}, "empty": {}, "nothing": None,
        "safe": mark_safe("<i>"), "word": gettext_lazy("Bold"), "moment": datetime(2026, 11, 28, 12, tzinfo=UTC),
        "rows": [("p", 1), ["<q>", 2]], "stream": stream, "numbers": [1, 2],
        "number": 1234567, "yes": True, "half": 0.5, "kind": Person, "letters": "abc", "percent": "100 %",
    }  # fmt: skip
    return engine.get_template(name).render(Context(values))


ONE_BY_ONE = """
{{ person.name }}
{{ person.name|upper }}
{{ person.tags.0 }}
{{ person.tags.9 }}
{{ person.tags }}
{{ person.greeting }}
{{ person.remove }}
{{ person.needs_more }}
{{ person.manager.manager.name }}
{{ pair.name }}
{{ pair.1 }}
{{ pair.no }}
{{ table.name }}
{{ table.items }}
{{ table.keys }}
{{ table.1 }}
{{ table.2 }}
{{ table.3 }}
{{ empty.items }}
{{ empty.no }}
{{ lazy.name }}
{{ lazy.no }}
{{ nothing }}
{{ nothing.name }}
{{ no }}
{{ no|default:'-' }}
{{ no.deeper }}
{{ safe }}
{{ safe|upper }}
{{ word }}
{{ moment }}
{{ moment|date:'Y-m-d H:i' }}
{{ number }}
{{ yes }}
{{ half }}
{{ kind.name }}
{{ letters.1 }}
{{ letters.upper }}
{{ 5 }}
{{ 1.5 }}
{{ '<b>' }}
{{ _('Bold') }}
{{ percent }}
{{ True }}
{{ letters|add:person.name }}
{{ table|length }}
{{ template_name }}
{{ autoescape }}
{% if person.no %}a{% elif pair.size == 2 %}b{% else %}c{% endif %}
{% if no.deeper %}a{% endif %}
{% if 1 < letters %}a{% else %}b{% endif %}
{% if no|add:other %}a{% else %}b{% endif %}
{% with a=person.name b=no %}{{ a }}{{ b }}{% endwith %}{{ a }}
{% autoescape off %}{{ person.name }}{% endautoescape %}
{% for tag in person.tags %}{{ forloop.counter }}{{ tag }}{% endfor %}
{% for x in no %}{% empty %}-{% endfor %}
{% for x in nothing %}{{ x }}{% empty %}{{ forloop }}{% endfor %}{{ x }}
{% for x in letters reversed %}{{ forloop.first }}{{ forloop.last }}{{ forloop.revcounter }}{{ x }}{% endfor %}{{ x }}
{% for k, v in empty.items %}{{ k }}{% empty %}none{% endfor %}
{% for k, v in rows %}{{ k }}={{ v }}{% include 'part' with x=k %}{% cycle 'a' 'b' %}{% endfor %}{{ k }}
{% for x in letters %}{% for y in person.tags %}{{ forloop.parentloop.counter0 }}{{ y }}{% endfor %}{% endfor %}
{% for x in letters %}{% ifchanged x %}{{ x }}{% endifchanged %}{% with x=x %}{{ x }}{% endwith %}{% endfor %}
{% for x in stream %}{{ forloop.length }}{{ x }}{% endfor %}
{% for x in letters %}{% firstof x %}{% cycle 'p' 'q' %}{% endfor %}
{% load i18n %}{% translate 'Bold' %}|{% translate word %}|{% translate letters as x %}{{ x }}
{% load i18n ui %}a{# #}{% comment %}b{% endcomment %}{% translate 'Bold' %}c{% icon 'mail' %}
{% load ui %}{% if yes %}{% icon 'mail' %}{% endif %}
{% load ui %}{% for x in letters %}{% if x == 'b' %}{% icon 'x' 's' %}{% endif %}{% endfor %}
{% load i18n %}{% blocktranslate with a=person.name %}{{ a }} does it{% endblocktranslate %}
{% load i18n %}{% blocktranslate %}{{ letters }} {{ no }} {{ table }} 100 %{% endblocktranslate %}
{% load i18n %}{% blocktranslate trimmed with a=safe b=word c=number %}  {{ a }}{{ b }}  {{ c }} {% endblocktranslate %}
{% load i18n %}{% blocktranslate count n=pair.size %}one{% plural %}{{ n }} of them{% endblocktranslate %}
{% load i18n %}{% blocktranslate asvar x with a=no %}{{ a }}!{% endblocktranslate %}{{ x }}
{% load i18n %}{% blocktranslate with x=letters context 'of a list' %}Order {{ x }}{% endblocktranslate %}
{% include 'part' %}
{% include 'part' with x=letters %}
{% include 'part' with x=safe only %}
{% include name_of_nothing|default:'part' %}
{% include './part' %}
{% include 'kit#small' with x=1 %}
{% partialdef p inline %}[{{ letters }}]{% endpartialdef %}{% partial p %}
{% cycle 'a' 'b' as c %}{% include 'part' %}{% cycle c %}
{% filter upper %}{{ letters }}<b>{% endfilter %}
{% spaceless %}<b> <i></i> </b>{% endspaceless %}
""".strip().splitlines()
PARTS = {
    "part": "({{ x }}{{ letters }}{% cycle 'q' 'w' %})",
    "kit": "{% partialdef small %}<{{ x }}{{ person.name }}>{% endpartialdef %}",
    "top": "<h1>{% block a %}top{% endblock %}</h1>{% block b %}{{ letters }}{% block c %}{% endblock %}{% endblock %}",
    "mid": "{% extends 'top' %}{% block a %}mid {{ block.super }}{% endblock %}{% block c %}mid c{% endblock %}",
    "low": "{% extends 'mid' %}{% block a %}low {{ block.super }}{{ block.name }}{% endblock %}",
}


@pytest.mark.parametrize("source", ONE_BY_ONE)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_says_what_django_says(source: str, language: str) -> None:
    plain, quick = engines({**PARTS, "page": source})

    with translation.override(language):
        assert [said(quick), said(quick)] == [said(plain)] * 2


@pytest.mark.parametrize("name", ["top", "mid", "low"])
def test_blocks_fill_each_other_as_ever(name: str) -> None:
    plain, quick = engines(PARTS)

    assert said(quick, name) == said(plain, name)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ person.broken }}", AttributeError),
        ("{{ letters|add:no }}", VariableDoesNotExist),
        ("{% for a, b in letters %}{{ a }}{% endfor %}", ValueError),
        ("{% for a, b in numbers %}{{ a }}{% endfor %}", ValueError),
        ("{% for a in number %}{{ a }}{% endfor %}", TypeError),
        ("{% partial absent %}", TemplateSyntaxError),
        ("{% if %}", TemplateSyntaxError),
        ("{{ letters|no_such_filter }}", TemplateSyntaxError),
    ],
)
def test_it_fails_where_django_fails(source: str, error: type[Exception]) -> None:
    failures = []
    for engine in engines({"page": source}):
        with pytest.raises(error) as failed:
            said(engine)
        failures.append(str(failed.value))
    assert failures[0] == failures[1]


def test_nothing_of_one_reader_reaches_another() -> None:
    fixed, varying = "{% load i18n ui %}{% translate 'Bold' %} ", "<b>{{ name }}</b>{% include 'part' with x=name %}"
    source = fixed + varying + "{% block a %}{{ name }}{% endblock %}"
    _plain, quick = engines({**PARTS, "page": source})
    template = quick.get_template("page")

    told = []
    for language, name in (("en", "Анна"), ("ru", "<Боб>"), ("en", "")):
        with translation.override(language):
            told.append(template.render(Context({"name": name})))
    assert told == [
        "Bold <b>Анна</b>(Аннаq)Анна", "Полужирный <b>&lt;Боб&gt;</b>(&lt;Боб&gt;q)&lt;Боб&gt;", "Bold <b></b>(q)",
    ]  # fmt: skip


def test_what_is_rendered_may_stand_in_another_page() -> None:
    _plain, quick = engines({"page": "{{ safe }}", "around": "{{ inner }}"})

    assert quick.get_template("around").render(Context({"inner": said(quick)})) == "<i>"


def test_the_product_goes_this_way(settings: Any) -> None:
    (configured,) = settings.TEMPLATES
    backend = DjangoTemplates({"NAME": "d", "DIRS": [], "APP_DIRS": False, "OPTIONS": dict(configured["OPTIONS"])})

    assert type(backend.engine.get_template("ui/base.html")).__name__ == "QuickTemplate"
