"""Search: hostile words, misspelt names, phones as typed, the wrong layout, what cannot be understood."""

import random
import re
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Identity, Membership
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import said as queries
from otklik.front.workspace.queries.layout import swapped
from otklik.front.workspace.queries.search import ALIKE, LIKENESS, phone_of, search
from otklik.front.workspace.queries.standing import Reader
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

HOSTILE = (
    *("'", '"', "\\", "%", "_", "%%", "%s", "%(me)s", "--", "/*", ";", "\x00", "\x02\x03", "\r\n", "\t", "\u202e"),
    *("' OR 1=1 --", "'; DROP TABLE tickets_ticket; --", "<script>alert(1)</script>", "{{ 7*7 }}", "${7*7}"),
    *("& | !", "((((", "a & b | !c", ":*", "<->", "'a':*", "-", "--a", '"незакрытая', 'topic:"', "field:%>=1"),
    *("status:' OR 1=1", "number:99999999999999999999", "before:99999-01-01", "due:9999-12-31", "client:%\\"),
    *(
        "я" * 5000,
        "a " * 5000,
        "-" * 200,
        "(a|a)*" * 30,
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ),
)
PATIENCE, LOOKS = 5.0, 3


def test_INJECT_3_hostile_words_are_only_words(annas: Browser, ticket: Ticket) -> None:
    """None costs five seconds: what a busy machine made slow is asked again, and only the words may be slow twice."""
    assert len(HOSTILE) >= 40
    annas.get("/search/")  # whatever is made once, as templates
    for words in HOSTILE:
        for address in ("/search/", "/palette/", "/queue/all/"):
            for _look in range(LOOKS):
                began = monotonic()
                answer = annas.get(address, {"q": words})
                took = monotonic() - began
                assert answer.status_code < 500, (address, words)
                assert b"<script>alert(1)" not in answer.content
                if took < PATIENCE:
                    break
            assert took < PATIENCE, (address, words)


@pytest.mark.parametrize("typed", ["8 (916) 123-45-67", "+7 916 123 45 67", "79161234567", "+79161234567"])
def test_a_phone_is_found_as_it_is_typed(anna: User, ticket: Ticket, pavel: Contact, typed: str) -> None:
    Identity.objects.create(contact=pavel, kind="phone", value="+79161234567")

    assert phone_of(typed) == "+79161234567"
    assert search(typed, anna).contacts == [pavel]


@pytest.mark.parametrize("text", ["12-44", "слово", "2026-11-28 и", "1234"])
def test_other_figures_are_no_phone(text: str) -> None:
    assert phone_of(text) == ""


def test_a_misspelt_name_is_found_by_who_may_see_it(anna: User, vera: User, ticket: Ticket, pavel: Contact) -> None:
    pavel.name = "Савельев Павел"
    pavel.save()

    assert search("Совельев", anna).contacts == [pavel]
    assert search("Совельев", vera).is_empty


def test_a_misspelt_organisation_is_found_by_who_may_see_it(
    annas: Browser, anna: User, vera: User, ticket: Ticket, pavel: Contact, volga: Client
) -> None:
    volga.name = "Электросвязь, ООО"
    volga.save()
    Membership.objects.get_or_create(contact=pavel, client=volga)
    Client.objects.create(name="Электросвязьстрой")  # nobody of it has ever written

    assert search("Электрасвязь", anna).organisations == [volga]
    assert search("Электрасвязь", vera).is_empty
    assert "Электросвязь, ООО" in annas.get("/palette/?q=Электрасвязь").content.decode()


def test_of_the_right_letters_nothing_alike_is_shown(anna: User, ticket: Ticket, pavel: Contact, volga: Client) -> None:
    """Two names that differ by a letter: whoever types one of them rightly means it."""
    like = Client.objects.create(name="Волжанка Север")
    volga.name = "Волжанки Север"
    volga.save()
    for one in (volga, like):
        Membership.objects.get_or_create(contact=pavel, client=one)

    assert search("Волжанка Север", anna).organisations == [like]
    assert set(search("Волжанкэ Север", anna).organisations) == {volga, like}


def test_misspelt_names_are_found_by_an_index_however_many_there_are(db: None) -> None:
    """Twenty thousand names: both halves of the one statement walk the index of parts of names."""
    with connection.cursor() as cursor:
        names = [f"Название {n * 7919:x} и ещё {n}" for n in range(20_000)]
        Client.objects.bulk_create([Client(name=name) for name in names])
        Contact.objects.bulk_create([Contact(name=name) for name in names])
        cursor.execute("ANALYZE clients_client, clients_contact")
        # What earlier tests wrote and took back still waits before each index, and would count as well.
        for index in ("client_name_part", "contact_name_part"):
            cursor.execute("SELECT gin_clean_pending_list(%s)", [index])
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {LIKENESS}")
        cursor.execute(f"EXPLAIN {ALIKE}", {"words": "Электрасвязь"})
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "client_name_part" in plan and "contact_name_part" in plan and "Seq Scan" not in plan, plan


def test_the_wrong_layout_finds_and_says_so(annas: Browser, anna: User, ticket: Ticket) -> None:
    assert swapped("pfrhsnm") == "закрыть" and swapped("ыуфкср") == "search" and swapped("VPN сеть") == "VPN сеть"
    found = search("pdjyjr", anna)
    assert [hit.id for hit in found.tickets] == [ticket.pk] and found.instead == "звонок"
    assert "звонок" in annas.get("/search/?q=pdjyjr").content.decode()


def test_a_filter_that_does_not_exist_is_explained(annas: Browser, ticket: Ticket) -> None:
    page = annas.get("/search/?q=zzq:1").content.decode()
    assert "zzq" in page and "status" in page and f"/tickets/{ticket.number}/" not in page


def test_the_form_and_the_text_are_one_query(annas: Browser, ticket: Ticket) -> None:
    address = "/queue/all/narrow/"
    refused = annas.post(address, {"q": "слово"})
    assert refused.status_code == 422
    assert annas.post(address, {"q": "before:вчерась"}).status_code == 422
    led = annas.post(address, {"q": "-owner:me", "upset": "no"})
    assert led.status_code in (200, 204, 302)
    assert annas.get("/queue/all/", {"q": "-owner:me upset:no"}).status_code == 200


def test_organisations_stand_beside_people_for_who_knows_them(
    annas: Browser, anna: User, vera: User, ticket: Ticket, pavel: Contact
) -> None:
    volga = Client.objects.create(name="Речное пароходство")
    Membership(contact=pavel, client=volga).put(by=anna)

    assert search("пароходств", anna).organisations == [volga]
    assert search("пароходств", vera).is_empty
    page = annas.get("/search/?q=пароходство").content.decode()
    assert f"/clients/organisation/{volga.pk}/" in page and "Речное пароходство" in page
    assert f"/clients/organisation/{volga.pk}/" in annas.get("/palette/?q=пароходство").content.decode()


def test_who_is_known_is_found_by_the_one_rule_of_cards(anna: User, ticket: Ticket, pavel: Contact) -> None:
    """A colleague of somebody who wrote to the line is known, though they have never written themselves."""
    colleague = Contact.objects.create(name="Бухгалтер Нонна")
    volga = Client.objects.create(name="Речное пароходство")
    Membership(contact=pavel, client=volga).put(by=anna)
    assert search("нонна", anna).is_empty
    Membership(contact=colleague, client=volga).put(by=anna)

    assert search("нонна", anna).contacts == [colleague]


def test_notes_in_which_i_am_named_are_a_filter_and_a_list(
    annas: Browser, anna: User, ilya: User, ticket: Ticket, writes: Any
) -> None:
    other = writes("Ещё одно", subject="Другое")
    assert f"/tickets/{ticket.number}/" not in annas.get("/queue/mentions/").content.decode()
    ticket.note(f"@{anna.name}, глянь", by=ilya)

    for address in (
        "/search/?q=mentions:me",
        "/search/?q=упоминания:я",
        "/queue/mentions/",
        "/queue/all/?q=mentions:me",
    ):
        page = annas.get(address).content.decode()
        assert f"/tickets/{ticket.number}/" in page and f"/tickets/{other.number}/" not in page, address
    assert "mentions" in annas.get("/search/?q=mentions:ilya").content.decode()
    figures = annas.get("/queue/mine/counts/").content.decode()
    assert '/i>Упоминания<span class="n push">1</span>' in figures, figures[2000:4500]


def test_what_is_due_within_the_hour_and_what_waits_are_lists(annas: Browser, anna: User, ticket: Ticket) -> None:
    now = clock.now()
    for minutes, soon in ((30, True), (-30, True), (90, False)):
        Ticket.objects.filter(pk=ticket.pk).update(due_at=now + timedelta(minutes=minutes))
        assert (f'id="t{ticket.pk}"' in annas.get("/queue/soon/").content.decode()) is soon
    assert f'id="t{ticket.pk}"' not in annas.get("/queue/waiting/").content.decode()
    Ticket.objects.filter(pk=ticket.pk).update(status="pending_client", next_step="remind")
    assert f'id="t{ticket.pk}"' in annas.get("/queue/waiting/").content.decode()


@pytest.mark.parametrize("address", ["/search/", "/palette/"])
def test_what_takes_too_long_and_what_is_not_understood_say_what_to_do(
    annas: Browser, monkeypatch: pytest.MonkeyPatch, settings: Any, address: str
) -> None:
    def slow(*about: object) -> None:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr("otklik.front.workspace.queries.search.said", slow)
    assert "Добавьте" in annas.get(address, {"q": "доставка"}).content.decode()
    assert "nosuch" in annas.get(address, {"q": "nosuch:1"}).content.decode().partition("?q=")[0]


def naive(words: str, reader: Reader) -> list[int]:
    """Every letter is read; the newest one of each request decides."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.id FROM tickets_ticket t JOIN conversations_message m USING (conversation_id)"
            " WHERE m.search @@ websearch_to_tsquery('otklik_ru', %s) AND m.taken_back_at IS NULL"
            " AND (%s OR t.team_id = ANY(%s)) GROUP BY t.id ORDER BY max(m.id) DESC",
            [words, reader.everything, list(reader.lines)],
        )
        return [pk for (pk,) in cursor.fetchall()]


@pytest.mark.parametrize("seed", range(12))
def test_windows_of_letters_find_what_reading_all_of_them_finds(
    seed: int, writes: Write, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers with gaps, letters at the very edges of windows and of ages, taken back ones; pages of any size."""
    chance = random.Random(seed)
    tickets = [writes("Начало", sender=f"p{number}@volga.test") for number in range(6)]
    bits, step = chance.choice([0, 1, 2]), chance.choice([1, 2, 3])
    windows = (1 << bits, 1 << (bits + step), 1 << (bits + 2 * step), 1 << 20)
    monkeypatch.setattr(queries, "AGE_BITS", bits)
    monkeypatch.setattr(queries, "WINDOWS", windows)
    monkeypatch.setattr(queries, "RARE", chance.choice([0, 1, 3]))
    monkeypatch.setattr(queries, "FEW", 6)
    newest = Message.objects.latest("pk").pk
    edges = [newest + 100 - window + near for window in windows[:3] for near in (-1, 0, 1)]
    numbers = sorted({newest + 100, *chance.sample(range(newest + 1, newest + 100), 12), *edges})
    for number in numbers:
        Message.objects.create(
            pk=number,
            conversation=chance.choice(tickets).conversation,
            direction="in",
            text="x",
            new_text=chance.choice(["доставка", "доставку сегодня", "мельница", ""]),
            taken_back_at=clock.now() if chance.random() < 0.1 else None,
        )
    reader = Reader.of(anna)
    for words in ("доставка", "мельница", "сегодня", "-мельница", "нет такого"):
        every = naive(words, reader)
        for limit in (1, 2, 5, 50):
            assert [hit.id for hit in queries.said(words, reader, limit)] == every[:limit], (words, limit)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_way_that_the_empty_page_offers_is_understood(
    annas: Browser, anna: User, ticket: Ticket, language: str
) -> None:
    """A press leads to a search that knows its filter."""
    User.objects.filter(pk=anna.pk).update(language=language)
    page = annas.get("/search/").content.decode()
    ways = re.findall(r'href="/search/(\?q=[^"]+)"', page.partition('id="results"')[2])
    assert len(ways) == 7
    for way in ways:
        told = annas.get(f"/search/{way}").content.decode().partition('id="results"')[2]
        assert "callout" not in told, way
