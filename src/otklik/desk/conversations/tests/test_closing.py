"""How letters end: whose signature, with which values, in whose look."""

import re

import pytest

from otklik.core.staff.models import Brand, Logo, Organisation, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.channels.places import unfit
from otklik.desk.conversations.closing import closing, filled, markup_of, signature_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(door: Channel) -> Brand:
    """The brand of the mailbox."""
    door.brand = Brand.objects.create(
        name="Связь Дом", colour="#0a7f5a", signature="**{{сотрудник}}**, {{line}}\n{{company}}, 8 800"
    )
    door.save()
    return door.brand


def changed(row: Team | Brand, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_the_mailbox_comes_first_then_the_line_that_answers_then_the_brand(
    door: Channel, home: Brand, line_two: Team, anna: User
) -> None:
    assert signature_of(door, by=anna) == "**Анна Белова**, Первая линия\nСвязь Дом, 8 800"
    assert signature_of(door, line=line_two.pk, by=anna).startswith("**Анна Белова**, Вторая линия")

    changed(line_two, signature="Инженеры: {{сотрудник}}")
    assert signature_of(door, line=line_two.pk, by=anna) == "Инженеры: Анна Белова"
    assert signature_of(door, by=anna).startswith("**Анна")

    changed(door.team, signature="Первая линия говорит")
    assert signature_of(door, by=anna) == "Первая линия говорит"

    door.signature = "Ящик {{company}}"
    assert signature_of(door, line=line_two.pk, by=anna) == "Ящик Связь Дом"


def test_a_machine_has_no_name_and_a_line_that_needs_one_is_left_out(door: Channel, home: Brand) -> None:
    assert signature_of(door) == "Связь Дом, 8 800"
    assert filled("{{agent}}", home, agent="", line="") == ""


def test_what_a_place_holds_is_not_read_again() -> None:
    brand = Brand(name="{{agent}} <b>*x*")
    assert filled("{{company}}", brand, agent="Анна", line="") == ""  # what looks like a place is none of ours
    assert filled("{{agent}}", brand, agent="<script>[x](http://evil.test)", line="") == "script x (http://evil.test)"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", []),
        ("{{agent}} {{ Линия }} {{company}}", []),
        ("{{client}}, {{number}}", ["{{client}}", "{{number}}"]),
        ("{{agent.password}}", ["{{agent.password}}"]),
        ("{% load x %}{{agent}}", []),
    ],
)
def test_places_that_nobody_can_fill_in_are_known(text: str, wrong: list[str]) -> None:
    assert unfit(text) == wrong


def test_the_look_of_the_brand_stands_below_the_words(organisation: Organisation) -> None:
    logo = Logo.objects.keep(b"png", 400, 100, "#ffffff")
    brand = Brand(name='Дом "&" <Сад>', colour="#0a7f5a", logo=logo)
    html = closing(brand, "**Анна**\n<script>alert(1)</script>", "<p>Обращение</p>")
    assert "border-top:3px solid #0a7f5a" in html and "<strong>Анна</strong>" in html
    assert f'src="https://desk.test/logo/{logo.digest}.png"' in html and 'width="200" height="50"' in html
    assert 'alt="Дом &quot;&amp;&quot; &lt;Сад&gt;"' in html and "background-color:#ffffff" in html
    assert "<script" not in html


def test_an_address_that_just_stands_there_is_a_link() -> None:
    html = markup_of("Сайт: https://desk.test/a?b=1&c=2.\n[портал](https://desk.test/p) <https://desk.test/q>")
    links = re.findall(r'href="([^"]+)"', html)
    assert links == ["https://desk.test/a?b=1&amp;c=2", "https://desk.test/p", "https://desk.test/q"]


def test_without_an_address_that_clients_reach_the_name_stands_for_the_picture(organisation: Organisation) -> None:
    organisation.site_url = "http://localhost:8000"
    organisation.save()
    html = closing(Brand(name="Дом", logo=Logo(digest="a" * 32, width=10, height=10)), "", "")
    assert html == '<hr><div style="font-size:13px"><p><b>Дом</b></p></div>'


def test_nothing_to_say_is_nothing() -> None:
    assert closing(Brand(name="Дом", colour="#0a7f5a"), "", "") == ""
    assert closing(Brand(name="Дом"), "", "<p>x</p>") == '<hr><div style="font-size:13px"><p>x</p></div>'
