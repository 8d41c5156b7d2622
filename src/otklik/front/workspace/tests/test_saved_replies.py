"""The pages where saved replies are kept in order."""

from typing import Any

import pytest
from django.test import Client

from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.conversations.models import SavedReply

pytestmark = pytest.mark.django_db
TOLD = {"name": "Обрыв связи", "shortcut": "::Обрыв", "text": "Здравствуйте, {{клиент}}!", "for_whom": "mine"}


def at(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def saved(user: User, address: str = "/saved/new/", **told: Any) -> Any:
    return at(user).post(address, {**TOLD, **told})


def test_an_agent_keeps_texts_of_their_own(anna: User) -> None:
    assert saved(anna).status_code == 302

    reply = SavedReply.objects.get()
    assert (reply.owner, reply.team, reply.shortcut, reply.changed_by) == (anna, None, "обрыв", anna)
    assert "::обрыв" in at(anna).get("/saved/").content.decode()
    assert Entry.objects.filter(kind="conversations.SavedReplyChanged").exists()


def test_only_leads_write_for_others(anna: User, boris: User, line_one: Team, line_two: Team) -> None:
    for whom in ("all", str(line_one.pk)):
        assert saved(anna, for_whom=whom).status_code == 422
    assert saved(boris, for_whom=str(line_two.pk)).status_code == 422  # not a line of his
    assert not SavedReply.objects.exists()

    assert saved(boris, for_whom="all").status_code == 302
    assert saved(boris, for_whom=str(line_one.pk), shortcut="б").status_code == 302
    whose = {(reply.owner_id, reply.team_id) for reply in SavedReply.objects.all()}
    assert whose == {(None, None), (None, line_one.pk)}


def test_an_agent_reads_a_shared_text_and_changes_nothing(anna: User, boris: User) -> None:
    saved(boris, for_whom="all")
    address = f"/saved/{SavedReply.objects.get().pk}/"

    page = at(anna).get(address).content.decode()

    assert 'class="fs" disabled' in page and 'class="savebar' not in page
    assert saved(anna, address, text="Взлом").status_code == 404
    assert at(anna).post(f"{address}remove/").status_code == 404
    assert SavedReply.objects.get().text == TOLD["text"]


def test_texts_of_another_person_or_line_do_not_exist(
    anna: User, ilya: User, vera: User, boris: User, line_one: Team
) -> None:
    saved(anna)
    saved(boris, for_whom=str(line_one.pk), shortcut="л")
    own, lines = SavedReply.objects.order_by("pk")
    for user, reply in ((ilya, own), (boris, own), (vera, own), (vera, lines)):
        assert at(user).get(f"/saved/{reply.pk}/").status_code == 404
        assert saved(user, f"/saved/{reply.pk}/").status_code == 404
        assert reply.name not in at(vera).get("/saved/").content.decode()


def test_quality_controllers_find_nothing(quality: User) -> None:
    for address in ("/saved/", "/saved/new/"):
        assert at(quality).get(address).status_code == 404
    assert at(quality).post("/saved/look/").status_code == 404


def test_a_shortcut_means_one_text(anna: User, ilya: User, boris: User) -> None:
    saved(boris, for_whom="all")

    assert saved(anna).status_code == 422  # everybody's has it
    assert saved(anna, shortcut="моё").status_code == 302
    assert saved(ilya, shortcut="моё").status_code == 302  # another person's own
    assert saved(anna, shortcut="два слова").status_code == 422


def test_it_is_changed_and_removed(anna: User) -> None:
    saved(anna)
    address = f"/saved/{SavedReply.objects.get().pk}/"

    assert saved(anna, address, name="Иначе").status_code == 302
    assert SavedReply.objects.get().name == "Иначе"
    assert at(anna).post(f"{address}remove/").status_code == 302
    assert not SavedReply.objects.exists()


def test_the_sample_shows_an_invented_client_and_names_what_is_open(anna: User) -> None:
    page = at(anna).post("/saved/look/", {"text": "{{клиент кому}} <script>x</script> {{причина}}"}).content.decode()

    assert "Анне Петровне" in page and "<script>" not in page
    assert '<span class="chip hole" data-s="soon">причина</span>' in page and "<b>{{причина}}</b>" in page
