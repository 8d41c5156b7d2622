"""Brands in the settings: what is typed is what clients see; what is wrong is said in words."""

import re
import threading
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw

from otklik.core.journal.models import Entry
from otklik.core.staff.models import Brand, Logo, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations import pages

pytestmark = pytest.mark.django_db
NEW = "/settings/brands/new/"


@pytest.fixture
def home(door: Channel) -> Brand:
    return Brand.objects.create(name="Связь Дом", colour="#0a7f5a", signature="{{agent}}")


def told(**changes: Any) -> dict[str, Any]:
    typed = {"name": "Связь Бизнес", "sender_name": "", "colour": "#7a2e8e", "signature": "{{company}}", "language": ""}
    return typed | changes


def picture(kind: str = "PNG", size: tuple[int, int] = (800, 200)) -> SimpleUploadedFile:
    drawn = Image.new("RGB", size, "white")
    ImageDraw.Draw(drawn).rectangle((10, 10, 200, 90), fill="#7a2e8e")
    content = BytesIO()
    drawn.save(content, kind)
    return SimpleUploadedFile(f"logo.{kind.lower()}", content.getvalue(), f"image/{kind.lower()}")


def shown(browser: Client, data: dict[str, Any], path: str = NEW) -> str:
    """The page that refuses what was typed."""
    answer = browser.post(path, data)
    assert answer.status_code == 422
    return unescape(answer.content.decode())


def test_a_brand_is_made_with_its_logo_and_takes_a_mailbox_and_a_line(
    office: Client, door: Channel, line_two: Team
) -> None:
    answer = office.post(NEW, told(picture=picture(), channels=[door.pk], lines=[line_two.pk]))
    brand = Brand.objects.get(name="Связь Бизнес")
    assert answer.headers["Location"] == f"/settings/brands/{brand.pk}/"
    assert brand.logo is not None and (brand.logo.width, brand.logo.height) == (480, 120)
    assert bytes(brand.logo.png).startswith(b"\x89PNG")
    door.refresh_from_db()
    line_two.refresh_from_db()
    assert (door.brand, line_two.brand, door.shown_as) == (brand, brand, brand)
    assert Entry.objects.filter(kind="staff.SettingsChanged", data__what="brand").count() == 1

    office.post(f"/settings/brands/{brand.pk}/", told(name="Связь Бизнес", no_picture="on"))
    door.refresh_from_db()
    assert (Brand.objects.get(pk=brand.pk).logo, door.brand, Logo.objects.count()) == (None, None, 1)


def test_the_company_itself_may_stay_without_anything(office: Client, door: Channel) -> None:
    usual = Brand.objects.get(is_usual=True)
    path = f"/settings/brands/{usual.pk}/"
    page = office.get(path).content.decode()
    assert 'name="channels"' not in page and "/remove/" not in page
    assert office.post(path, told(name="", colour="", signature="Привет")).status_code == 302
    usual.refresh_from_db()
    assert (usual.name, usual.signature, usual.shown_name) == ("", "Привет", "Связь")
    assert office.post(f"{path}remove/").status_code == 404


def test_colours_are_read_as_people_copy_them(office: Client, organisation: Any) -> None:
    for number, (typed, kept) in enumerate([("0A7F5A", "#0a7f5a"), (" #06c ", "#0066cc"), ("", "")]):
        assert office.post(NEW, told(name=f"Бренд {number}", colour=typed)).status_code == 302
        assert Brand.objects.get(name=f"Бренд {number}").colour == kept


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "  "}, "нужно название"),
        ({"name": "связь дом"}, "уже есть"),
        ({"name": "СВЯЗЬ"}, "уже есть"),
        ({"colour": "red"}, "шесть знаков"),
        ({"colour": "#12345"}, "шесть знаков"),
        ({"colour": "#0b6e99;}"}, "шесть знаков"),
        ({"colour": "#ffee99"}, "Слишком бледный: кнопку такого цвета на светлой странице почти не видно (1,2"),
        ({"signature": "{{number}}"}, "Под письмом {{number}} заполнить нечем"),
        ({"signature": "x" * 1001}, "1000"),
        ({"language": "de"}, "de"),
        ({"channels": ["999999"]}, "999999"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(office: Client, home: Brand, changes: dict[str, Any], words: str) -> None:
    assert words in shown(office, told(**changes))
    assert Brand.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "не растровая картинка"),
        ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "не растровая картинка"),
        ("logo.png", b"%PDF-1.7 pages", "не растровая картинка"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "не читается"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * (2 * 1024 * 1024), "больше 2 МБ"),
        ("logo.png", b"", "пуст"),
    ],
    ids=["svg", "svg called png", "pdf", "broken", "large", "empty"],
)
def test_FILE_what_is_no_picture_is_no_logo(office: Client, name: str, content: bytes, words: str) -> None:
    page = shown(office, told(picture=SimpleUploadedFile(name, content, "image/png")))
    assert words in page and not Logo.objects.exists() and "onload" not in page


def test_while_others_draw_a_logo_is_not_called_broken(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_inside", threading.BoundedSemaphore(1))
    with pages.a_place():
        page = shown(office, told(picture=picture()))
    assert "ещё раз" in page and "не читается" not in page


def test_a_mailbox_of_another_brand_says_so_before_it_is_taken_away(office: Client, door: Channel, home: Brand) -> None:
    door.brand = home
    door.save()
    assert f"{door.name} · {door.address} (сейчас Связь Дом)" in unescape(office.get(NEW).content.decode())
    assert "(сейчас" not in office.get(f"/settings/brands/{home.pk}/").content.decode()
    office.post(NEW, told(channels=[door.pk]))
    door.refresh_from_db()
    assert door.brand and door.brand.name == "Связь Бизнес"


def test_without_its_brand_a_mailbox_writes_as_the_company(office: Client, door: Channel, home: Brand) -> None:
    door.brand = home
    door.save()
    assert office.post(f"/settings/brands/{home.pk}/remove/").status_code == 302
    assert not Brand.objects.filter(pk=home.pk).exists()
    assert Channel.objects.known(door.pk).shown_as.is_usual


def test_the_list_names_what_belongs_where(office: Client, door: Channel, home: Brand) -> None:
    door.brand = home
    door.save()
    page = office.get("/settings/brands/").content.decode()
    assert "Связь Дом" in page and door.address in page and 'fill="#0a7f5a"' in page


def test_a_lead_reads_and_sends_nothing(boris: User, home: Brand) -> None:
    lead = Client()
    lead.force_login(boris)
    page = lead.get(f"/settings/brands/{home.pk}/").content.decode()
    assert 'class="fs" disabled' in page and 'class="savebar' not in page and "/remove/" not in page
    assert lead.get("/settings/brands/preview/", told()).status_code == 200
    assert lead.post(f"/settings/brands/{home.pk}/", told()).status_code == 404
    assert lead.get(NEW).headers["Location"] == "/settings/brands/"


# -- the letter beside the form ---------------------------------------------------------------------------------


def test_what_is_typed_is_shown_before_it_is_saved(office: Client, home: Brand) -> None:
    page = unescape(office.get("/settings/brands/preview/", told(brand=home.pk)).content.decode())
    assert 'fill="#7a2e8e"' in page and "Белый текст на нём: " in page
    letters = re.findall(r'src="(/settings/brands/letter/[^"]+)"', page)
    assert len(letters) == 2
    for path in letters:
        assert "border-top:3px solid #7a2e8e" in office.get(path).content.decode()
    home.refresh_from_db()
    assert home.colour == "#0a7f5a"


def test_the_letter_is_inert_and_shows_its_logo_from_here(office: Client, home: Brand) -> None:
    home.logo = Logo.objects.keep(b"png", 400, 100, "")
    home.save()
    hostile = told(brand=home.pk, name="<script>1</script>", signature="<script>alert(1)</script> [x](javascript:1)")
    answer = office.get("/settings/brands/letter/", hostile | {"shade": "night", "colour": '"><script>'})
    page = answer.content.decode()
    assert "<script" not in page and "href" not in page and "color-scheme:dark" in page
    assert f'src="http://testserver{home.logo.path}"' in page and "#0a7f5a" in page
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "http://testserver/logo/" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("number", ["", "0", "x", "-1", "9" * 30, "²"])
def test_a_number_of_no_brand_shows_a_new_one(office: Client, organisation: Any, number: str) -> None:
    assert office.get("/settings/brands/letter/", told(brand=number)).status_code == 200
    assert office.get("/settings/brands/preview/", {"brand": number}).status_code == 200


def test_a_line_has_a_signature_of_its_own(office: Client, line_one: Team) -> None:
    path = f"/settings/lines/{line_one.pk}/"
    typed = {
        **{"name": "Первая линия", "level": "1", "calendar": line_one.calendar_id, "is_active": "on"},
        **{"first_answer": "1", "next_answer": "1", "resolution": "8"},
        **{f"{name}_unit": "3600" for name in ("first_answer", "next_answer", "resolution")},
    }
    assert "заполнить нечем" in shown(office, {**typed, "signature": "{{срок}}"}, path)
    assert office.post(path, {**typed, "signature": "Линия {{линия}}"}).status_code == 302
    line_one.refresh_from_db()
    assert line_one.signature == "Линия {{линия}}"
