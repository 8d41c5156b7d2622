"""Who else is here, through the door of the agents."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Presence, Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db


def test_a_colleague_who_writes_is_shown_and_warned_about(
    ticket: Ticket, anna: User, ilya: User, post: Post, client_of: Any
) -> None:
    post(ilya, ticket, "presence", doing="writes")

    seen = post(anna, ticket, "presence", doing="reads").content.decode()
    composer = (
        client_of(anna).get(f"/tickets/{ticket.number}/composer/", headers={"HX-Request": "true"}).content.decode()
    )

    assert "Илья" in seen and "Анна" not in seen
    assert "Илья" in composer[composer.index("data-writers") :][:80]


def test_nonsense_counts_as_reading_and_leaving_is_seen_at_once(ticket: Ticket, anna: User, post: Post) -> None:
    post(anna, ticket, "presence", doing="dances")
    assert Presence.objects.get().doing == "reads"

    post(anna, ticket, "presence", doing="leaves")
    assert not Presence.objects.exists()


def test_what_came_meanwhile_is_counted_for_the_composer(
    ticket: Ticket, anna: User, ilya: User, post: Post, promise: dict[str, Any], client_of: Any
) -> None:
    seen = ticket.last_message_id
    post(ilya, ticket, "reply", **promise)

    news = client_of(anna).get(f"/tickets/{ticket.number}/newer/?seen={seen}").json()
    own = client_of(ilya).get(f"/tickets/{ticket.number}/newer/?seen={seen}").json()

    assert (news["count"], own["count"]) == (1, 0) and "Илья" in news["words"]
