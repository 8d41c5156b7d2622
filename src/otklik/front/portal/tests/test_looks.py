"""Pages of clients in the look of the company they wrote to."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.care.surveys.models import Invitation
from otklik.core.staff.models import Brand, Logo, User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(door: Channel) -> Brand:
    logo = Logo.objects.keep(b"\x89PNG of ours", 400, 100, "#ffffff")
    door.brand = Brand.objects.create(
        name="Связь <Дом>", colour="#0a7f5a", logo=logo, signature="{{agent}}\n[8 800](tel:8800) {{company}}"
    )
    door.save()
    return door.brand


def test_the_page_of_a_request_has_name_logo_colour_and_signature(client: Client, ticket: Ticket, home: Brand) -> None:
    answer = client.get(f"/request/{sign(ticket)}/")
    page = answer.content.decode()
    assert home.logo is not None
    assert f'src="{home.logo.path}"' in page and 'alt="Связь &lt;Дом&gt;"' in page and 'data-plate="light"' in page
    assert '<link rel="stylesheet" href="/colours/0a7f5a.css">' in page
    assert "— Связь &lt;Дом&gt;</title>" in page and '<a href="tel:8800"' in page
    assert "style=" not in page and "unsafe-inline" not in answer["Content-Security-Policy"]


def test_without_a_look_of_its_own_the_page_is_as_before(client: Client, ticket: Ticket) -> None:
    page = client.get(f"/request/{sign(ticket)}/").content.decode()
    assert "/colours/" not in page and "brandmark" not in page and 'class="logo"' in page and "— Связь</title>" in page


def test_a_dead_link_shows_the_company_and_no_brand(client: Client, ticket: Ticket, home: Brand) -> None:
    page = client.get(f"/request/{sign(ticket)[:-2]}xx/").content.decode()
    assert "— Связь</title>" in page and "Дом" not in page


@pytest.mark.usefixtures("kept_for_long")
def test_the_question_and_the_way_out_wear_it_too(
    client: Client, ticket: Ticket, anna: User, paper: Paper, home: Brand, settings, django_assert_max_num_queries
) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    outbox.send_due()
    question = paper.letters[-1]
    assert question.from_name == "Связь <Дом>" and "border:2px solid #0a7f5a" in question.html
    assert "Анна" not in question.text.split("-- \n")[1]

    secret = bytes(paper.sent[-1].raw).decode().split("/survey/")[1].split("/")[0]
    for path in (f"/survey/{secret}/", f"/survey/{secret}/stop/"):
        page = client.get(path).content.decode()
        assert "/colours/0a7f5a.css" in page and "Связь &lt;Дом&gt;" in page, path
    assert "Дом" not in client.get(f"/survey/{secret[:-2]}zz/").content.decode()
    with django_assert_max_num_queries(3):
        client.get(f"/survey/{secret}/")


@pytest.mark.usefixtures("kept_for_long")
def test_a_brand_costs_the_page_no_statement(client: Client, ticket: Ticket, door: Channel, home: Brand) -> None:
    def asked(brand: Brand | None) -> int:
        door.brand = brand
        door.save()
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
            return len(queries)

    path = f"/request/{sign(ticket)}/"
    assert asked(home) == asked(None) > 0


def test_a_logo_is_for_everybody_and_for_ever_and_nothing_but_a_picture(client: Client, home: Brand) -> None:
    assert home.logo is not None
    answer = client.get(home.logo.path)
    assert answer.content == b"\x89PNG of ours" and answer["Content-Type"] == "image/png"
    assert "immutable" in answer["Cache-Control"] and "public" in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    for path in ("/logo/" + "0" * 32 + ".png", "/logo/../x.png", "/logo/" + "A" * 32 + ".png", "/logo/1.png"):
        assert client.get(path).status_code == 404, path
    assert client.post(home.logo.path).status_code == 405


def test_a_logo_that_letters_carry_stays_when_the_brand_takes_another(client: Client, home: Brand) -> None:
    before = home.logo
    assert before is not None
    home.logo = Logo.objects.keep(b"new", 10, 10, "")
    home.save()
    home.delete()
    assert client.get(before.path).status_code == 200


def test_colours_are_a_style_sheet_of_the_address_alone(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/colours/0a7f5a.css")
    assert answer["Content-Type"].startswith("text/css") and "max-age" in answer["Cache-Control"]
    css = answer.content.decode()
    assert css.startswith(":root{--sea:light-dark(oklch(") and "--sea-solid:light-dark(#0a7f5a,oklch(" in css


@pytest.mark.parametrize(
    "hostile", ["0a7f5", "0a7f5a0", "0A7F5A", "red", "0a7f5a;}", "0a7f5a%0a", "%23a7f5a", "<b>abc"]
)
def test_nothing_else_is_a_colour(client: Client, hostile: str) -> None:
    assert client.get(f"/colours/{hostile}.css").status_code == 404
