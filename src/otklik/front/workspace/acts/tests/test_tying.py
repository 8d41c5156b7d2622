"""Links between requests: made, shown from both sides, taken away, and silent to those who may not see the other."""

from collections.abc import Callable

import pytest
from django.test import Client

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket, Tie
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
type Pair = tuple[Ticket, Ticket]
PART = {"HX-Request": "true"}


@pytest.fixture
def pair(ticket: Ticket, writes: Write) -> Pair:
    return ticket, writes("Тайное <b>слово</b>", sender="olga@volga.test")


def test_a_link_is_made_by_number_and_shown_from_both_sides(
    pair: Pair, anna: User, post: Post, client_of: SignIn
) -> None:
    first, second = pair
    browser = client_of(anna)
    assert browser.get(f"/tickets/{second.number}/ties/", headers=PART).content.startswith(b"<dialog")

    assert post(anna, second, "ties", kind="cause", number=f"№ {first.number}").status_code == 204

    here = browser.get(f"/tickets/{second.number}/card/related/", headers=PART).content.decode()
    there = browser.get(f"/tickets/{first.number}/card/related/", headers=PART).content.decode()
    assert "<small>Следствие · новое</small>" in here and f"/tickets/{first.number}/" in here
    assert "<small>Привело к · новое</small>" in there and f"/tickets/{second.number}/" in there
    story = browser.get(f"/tickets/{first.number}/").content.decode()
    assert f'href="/tickets/{second.number}/">№ {second.number}</a>' in story and "привело к" in story


def test_what_is_wrong_stands_at_its_field(pair: Pair, anna: User, post: Post) -> None:
    first, second = pair
    assert 'id="e-other"' in post(anna, first, "ties", kind="part", number="999999").content.decode()
    assert 'id="e-kind"' in post(anna, first, "ties", kind="twin", other=second.pk).content.decode()
    assert post(anna, first, "ties", kind="part", number=first.number).status_code == 422


def test_whoever_may_not_see_the_other_one_does_not_hear_of_it(
    pair: Pair, anna: User, vera: User, line_two: Team, post: Post, client_of: SignIn
) -> None:
    first, second = pair
    post(anna, second, "ties", kind="part", number=first.number)
    second.hand_over(line_two, Brief("Звонок", "", "Дальше у вас"), by=anna)

    for user, mine, other in ((anna, first, second), (vera, second, first)):
        browser = client_of(user)
        for address in ("", "card/related/", "card/history/"):
            page = browser.get(f"/tickets/{mine.number}/{address}", headers=PART).content.decode()
            assert f"№ {other.number}<" not in page and f"№ {other.number} " not in page, (user, address)
            assert f"/tickets/{other.number}/" not in page, (user, address)
        story = browser.get(f"/tickets/{mine.number}/").content.decode()
        assert "другое обращение" in story
        assert post(user, mine, f"ties/{Tie.objects.get().pk}/remove").status_code == 404
        assert post(user, mine, "ties", kind="part", number=other.number).status_code == 422
    assert Tie.objects.count() == 1


def test_a_link_is_taken_away_from_either_side(pair: Pair, anna: User, quality: User, post: Post) -> None:
    first, second = pair
    post(anna, second, "ties", kind="part", number=first.number)
    address = f"ties/{Tie.objects.get().pk}/remove"

    assert post(quality, first, address).status_code == 403
    assert post(anna, first, address).status_code == 204
    assert post(anna, second, address).status_code == 404
    assert not Tie.objects.exists()
