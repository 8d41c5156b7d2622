"""Guessing passwords: slowed for the attacker, short for the person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import OneTimeLink, Purpose, Throttle, User
from otklik.core.staff.policies import ACCOUNT, ACCOUNT_FROM_NETWORK, NETWORK, network_of, pause
from tests.fixtures.cast import PASSWORD
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db


def tries(browser: Client, login: str, password: str = "not the password", address: str = "198.51.100.7"):
    return browser.post("/sign-in/", {"login": login, "password": password}, REMOTE_ADDR=address)


def test_pauses_double_and_never_pass_the_longest():
    assert [pause(n, ACCOUNT_FROM_NETWORK) for n in (1, 4, 5, 6, 7)] == [0, 0, 30, 60, 120]
    assert pause(10_000, ACCOUNT_FROM_NETWORK) == 900
    assert pause(10_000, ACCOUNT) == 60


def test_addresses_are_counted_by_the_network_one_attacker_owns():
    assert network_of("198.51.100.7") == network_of("198.51.100.250") == "198.51.100.0/24"
    assert network_of("2001:db8:1:2::3") == network_of("2001:db8:1:ffff::1") == "2001:db8:1::/48"
    assert network_of("::ffff:198.51.100.7") == "198.51.100.0/24"


def test_a_right_password_lets_in_by_login_and_by_mail(anna: User):
    for name in ("anna", " ANNA ", "Anna@desk.test"):
        browser = Client()
        assert tries(browser, name, PASSWORD).status_code == 302
        assert browser.get("/me/").status_code == 200


def test_AUTH_1_an_account_is_slowed_for_one_network_and_the_answer_tells_nothing(anna: User):
    known, unknown = [], []
    for _attempt in range(6):
        known.append(tries(Client(), "anna"))
        unknown.append(tries(Client(), "nobody"))
    assert [r.status_code for r in known] == [r.status_code for r in unknown] == [422] * 5 + [429]
    assert known[0].context["form"].errors == unknown[0].context["form"].errors
    assert known[5].context["form"].errors == unknown[5].context["form"].errors
    assert tries(Client(), "anna", PASSWORD).status_code == 429, "even the right password rests"
    assert tries(Client(), "anna", PASSWORD, "203.0.113.9").status_code == 302, "from elsewhere it works"


def test_AUTH_1_a_pause_ends_by_itself_and_the_right_password_wipes_the_count(anna: User):
    for _attempt in range(6):
        tries(Client(), "anna")
    with clock.at(clock.now() + timedelta(seconds=31)):
        assert tries(Client(), "anna", PASSWORD).status_code == 302
        assert tries(Client(), "anna").status_code == 422


def test_AUTH_1_one_address_that_tries_many_accounts_is_slowed():
    codes = [tries(Client(), f"person{number}", address=f"198.51.100.{number}").status_code for number in range(41)]
    assert codes == [422] * 40 + [429]


def test_AUTH_1_the_whole_world_cannot_lock_a_person_out(anna: User):
    at_home = Client()
    assert tries(at_home, "anna", PASSWORD, "203.0.113.9").status_code == 302
    at_home.post("/sign-out/")
    for number in range(60):
        tries(Client(), "anna", address=f"198.{number}.100.7")
    assert tries(Client(), "anna", PASSWORD, "192.0.2.1").status_code == 429, "a stranger's browser rests a moment"
    with clock.at(clock.now() + timedelta(seconds=61)):
        assert tries(Client(), "anna", PASSWORD, "192.0.2.1").status_code == 302
    assert tries(at_home, "anna", PASSWORD, "203.0.113.9").status_code == 302, "a browser she used before does not"


def test_AUTH_1_a_forged_cookie_is_a_strangers_browser(anna: User):
    browser = Client()
    browser.cookies["known"] = "eyJuYW1lcyI6WyJhbm5hIl0sInNlcmlhbCI6IjEifQ:1x:forged"
    for _attempt in range(6):
        answer = tries(browser, "anna")
    assert answer.status_code == 429


def test_counters_keep_no_names(anna: User):
    tries(Client(), "anna")
    assert not [row for row in Throttle.objects.all() if "anna" in row.key]


def test_people_who_left_get_the_same_answer(anna: User):
    anna.deactivate()
    assert tries(Client(), "anna", PASSWORD).context["form"].errors == tries(Client(), "x").context["form"].errors


def counted(real: Any, hashed: list[str]) -> Any:
    def count(*told: Any) -> Any:
        hashed.append("h")
        return real(*told)

    return count


def test_a_stranger_costs_one_hash_like_a_person(anna: User, settings: Any, monkeypatch: pytest.MonkeyPatch):
    settings.PASSWORD_HASHERS = settings.REAL_PASSWORD_HASHERS
    hashed: list[str] = []
    for verb in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, verb)
        monkeypatch.setattr(Argon2PasswordHasher, verb, counted(real, hashed))
    anna.set_password(PASSWORD)
    anna.save()
    counts = []
    for name in ("anna", "anna@desk.test", "nobody", "nobody@desk.test"):
        hashed.clear()
        tries(Client(), name)
        counts.append(len(hashed))
    assert counts == [1, 1, 1, 1]


def test_AUTH_6_absurd_passwords_and_logins_are_refused_before_any_hash(anna: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(User, "check_password", lambda *_: pytest.fail("hashed"))
    assert tries(Client(), "anna", "x" * 129).status_code == 422
    assert tries(Client(), "a" * 100_000).status_code == 422
    assert tries(Client(), "anna", "x" * 6_000_000).status_code in (400, 413)


@pytest.mark.parametrize("most", [129, 5_000_000])
def test_AUTH_6_no_other_door_hashes_an_absurd_password(anna: User, monkeypatch: pytest.MonkeyPatch, most: int):
    """To change it, to say again who it is, to set a new one by a link."""
    secret = OneTimeLink.objects.issue(Purpose.RESET, anna)
    browser, absurd = Client(), "x" * most
    browser.force_login(anna)
    for verb in ("check_password", "set_password"):
        monkeypatch.setattr(User, verb, lambda *_: pytest.fail("hashed"))
    told = {"oldpassword": absurd, "password1": "another-long-secret-9"}
    assert browser.post("/me/security/password/", told).status_code in (200, 400, 413, 422)
    assert browser.post("/sign-in/again/", {"password": absurd}).status_code in (200, 400, 413, 422)
    assert Client().post(f"/sign-in/link/{secret}/", {"password": absurd}).status_code in (400, 413, 422)


def test_the_cache_is_one_for_all_processes():
    cache.set("seen-by-all", 1, 60)
    from django.core.cache import caches
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE %s", ["%seen-by-all"])
        assert cursor.fetchone() == (1,)
    assert caches["default"].get("seen-by-all") == 1


@pytest.mark.django_db(transaction=True)
def test_AUTH_1_colleagues_who_sign_in_at_the_same_moment_do_not_slow_each_other():
    office = {"network 198.51.100.0/24": NETWORK}
    Throttle.objects.attempt(office)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Throttle.objects.select_for_update().get()
            other = pool.submit(at_an_end, lambda: Throttle.objects.attempt(office))
            wait_until_somebody_is_blocked()
            Throttle.objects.forgive([], office)
        assert other.result().wait == 0
