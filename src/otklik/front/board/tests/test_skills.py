"""The skills matrix: the worked example of METRICS P5 through the page, who says levels, what routing makes of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.formulas import bus_factor, skill_cover, skill_gap
from otklik.core.journal import clock
from otklik.core.staff.models import Ability, Availability, Requirement, Role, Skill, Stint, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.routing import hands
from otklik.desk.routing.colleagues import of_lines
from otklik.desk.routing.models import Distribution, Need
from otklik.desk.tickets.models import Ticket
from otklik.front.board.skills.forms import MOST, NeedsForm
from otklik.front.board.skills.matrix import hours, matrix
from tests.fixtures.cast import person
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db
PAGE = "/board/skills/"
levels = st.lists(st.integers(0, 4), max_size=12)


@pytest.fixture
def sip(line_one: Team) -> Skill:
    """Five people with the levels 4, 3, 2, 1 and none."""
    skill = Skill.objects.create(name="SIP-транки")
    for number, level in enumerate((4, 3, 2, 1, 0)):
        one = person(f"p{number}", f"Человек {number}", Role.AGENT, line_one)
        Ability.objects.say(one, skill, level)
    return skill


def test_P5_example(sip: Skill, line_one: Team, boris: User, client: Client) -> None:
    """Levels 4, 3, 2, 1, 0: bus factor 2, cover 3."""
    Requirement.objects.create(team=line_one, skill=sip, level=3, people=4, weight=2)
    (told,) = matrix(line_one).skills
    assert (told.factor, told.able, told.gap) == (2, 3, 2 * (0 + 0 + 1 + 2))
    client.force_login(boris)
    page = client.get(PAGE).content.decode()
    assert "SIP-транки" in page and "2 человека" in page


@given(levels, st.integers(1, 4), st.integers(1, 10))
def test_whoever_is_better_never_makes_a_gap_wider(some: list[int], required: int, people: int) -> None:
    gap = skill_gap(some, required, people)
    assert 0 <= gap <= required * people
    assert skill_gap([*some, 4], required, people) <= gap
    assert bus_factor(some) <= skill_cover(some) <= len(some)


def test_a_level_that_is_none() -> None:
    with pytest.raises(ValueError, match="level"):
        skill_gap([5], 2, 1)
    with pytest.raises(ValueError, match="level"):
        bus_factor([-1])


def test_one_who_carries_it_alone_is_a_risk_in_words(line_one: Team, anna: User, boris: User, client: Client) -> None:
    skill = Skill.objects.create(name="Маршрутизация")
    Ability.objects.say(anna, skill, 4)
    Requirement.objects.create(team=line_one, skill=skill, level=3, people=2)
    client.force_login(boris)
    page = client.get(PAGE).content.decode()
    assert "держится на одном человеке" in page and "Пока его нет" in page


def test_a_lead_confirms_levels_of_their_own_people(
    sip: Skill, anna: User, boris: User, vera: User, admin: User, client: Client
) -> None:
    client.force_login(boris)
    at = f"{PAGE}people/{anna.pk}/"
    assert client.get(at).status_code == 200
    assert client.post(at, {f"skill-{sip.pk}": "9"}).status_code == 422
    assert client.post(at, {f"skill-{sip.pk}": "3"}).status_code == 302
    kept = Ability.objects.get(user=anna)
    assert (kept.level, kept.confirmed_on) == (3, clock.house_today())
    client.post(at, {f"skill-{sip.pk}": "0"})
    assert not Ability.objects.filter(user=anna).exists()
    assert client.get(f"{PAGE}people/{vera.pk}/").status_code == 404, "she is of another line"
    client.force_login(admin)
    assert client.get(f"{PAGE}people/{vera.pk}/").status_code == 200
    client.force_login(anna)
    assert client.get(PAGE).status_code == 403 and client.get(at).status_code == 403


def test_a_line_says_what_it_needs(
    sip: Skill, line_one: Team, line_two: Team, boris: User, quality: User, client: Client
) -> None:
    client.force_login(boris)
    at = f"{PAGE}lines/{line_one.pk}/"
    asked = {f"level-{sip.pk}": "3", f"people-{sip.pk}": "2", f"weight-{sip.pk}": "1", "name": "Французский"}
    assert client.post(at, {**asked, f"people-{sip.pk}": "0"}).status_code == 422
    assert client.post(at, asked).status_code == 302
    assert set(Requirement.objects.values_list("skill__name", "level", "people")) == {
        ("SIP-транки", 3, 2),
        ("Французский", 2, 2),
    }
    french = Skill.objects.get(name="Французский")
    more = {f"level-{french.pk}": "0", f"people-{french.pk}": "2", f"weight-{french.pk}": "1"}
    assert client.post(at, {**asked, **more, "name": "французский"}).status_code == 422, "it is here already"
    assert client.post(at, {**asked, **more, "name": ""}).status_code == 302
    assert Requirement.objects.count() == 1
    assert client.get(f"{PAGE}lines/{line_two.pk}/").status_code == 403
    client.force_login(quality)
    assert client.get(PAGE).status_code == 200 and client.get(at).status_code == 403


def test_the_sixty_first_skill_has_a_level_too(line_one: Team, anna: User, boris: User, client: Client) -> None:
    Skill.objects.bulk_create(Skill(name=f"Навык {number:03}") for number in range(MOST - 1))
    client.force_login(boris)
    levels = dict.fromkeys((f"skill-{pk}" for pk in Skill.objects.values_list("pk", flat=True)), "2")
    assert client.post(f"{PAGE}people/{anna.pk}/", levels).status_code == 302
    assert Ability.objects.filter(user=anna).count() == MOST - 1
    form = NeedsForm(line_one, needed("Последний"))
    assert form.is_valid(), form.errors
    form.save()
    assert "Навыков уже 200" in str(NeedsForm(line_one, needed("Лишний")).errors)


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_save_at_once_both_save(line_one: Team, line_two: Team) -> None:
    sip = Skill.objects.create(name="SIP")
    forms = [NeedsForm(team, needed("Французский", level="3")) for team in (line_one, line_one, line_two)]
    assert all(form.is_valid() for form in forms)
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            forms[0].save()
            others = [pool.submit(at_an_end, form.save) for form in forms[1:]]
            wait_until_somebody_is_blocked(2)
        for one in others:
            one.result(20)
    assert sorted(Requirement.objects.values_list("team", "skill__name")) == sorted(
        (team.pk, name) for team in (line_one, line_two) for name in ("SIP", "Французский")
    )
    assert sip.pk in {one.skill_id for one in Requirement.objects.all()}


def needed(name: str, level: str = "0") -> dict[str, str]:
    told = {"level": level, "people": "2", "weight": "1"}
    skills = Skill.objects.values_list("pk", flat=True)
    return {"name": name, **{f"{what}-{pk}": value for pk in skills for what, value in told.items()}}


def test_what_nobody_confirmed_for_a_year_is_stale(sip: Skill, line_one: Team) -> None:
    one = Ability.objects.order_by("-level")[0]
    today = clock.house_today()
    assert not one.is_stale(today) and one.is_stale(today + timedelta(days=366))
    Ability.objects.filter(pk=one.pk).update(confirmed_on=None)
    people = dict(matrix(line_one).people)
    assert people[one.user][0].stale


def test_who_needs_help_is_given_nothing_that_needs_the_skill(
    ticket: Ticket, door: Channel, anna: User, line_one: Team
) -> None:
    skill = Skill.objects.create(name="SIP")
    Need.objects.create(channel=door, skill=skill)
    anna.availability, anna.availability_since = Availability.READY, clock.now()
    anna.save()
    for level, able in ((1, False), (2, True)):
        Ability.objects.say(anna, skill, level)
        (hand,) = hands.of_line(line_one.pk)
        (colleague,) = of_lines([line_one.pk])
        assert (skill.pk in hand.skills, skill.pk in colleague.skills) == (able, able)
        assert Ticket.objects.filter(Distribution.objects.may_take(anna)).exists() is able


def test_names_in_the_settings_keep_the_levels(sip: Skill, anna: User) -> None:
    Ability.objects.say(anna, sip, 4)
    anna.skills.set(Skill.objects.named(["SIP-транки", "английский"]))
    known = dict(Ability.objects.filter(user=anna).values_list("skill__name", "level"))
    assert known == {"SIP-транки": 4, "английский": 2}
    assert Ability.objects.get(user=anna, skill__name="английский").confirmed_on is None


def test_cover_counts_who_is_at_work(sip: Skill, line_one: Team) -> None:
    Requirement.objects.create(team=line_one, skill=sip, level=2, people=2)
    able, helped = User.objects.get(login="p0"), User.objects.get(login="p3")
    for one in (able, helped):
        Stint.objects.create(user=one, state="ready", lines=[line_one.pk], since=clock.now() - timedelta(days=9))
    (told,) = matrix(line_one).skills
    assert told.cover == 1
    ((skill, by_hour),) = hours(line_one, [told]) or []
    assert skill == sip and by_hour == [1.0] * 24

    Stint.objects.filter(user=able).update(until=clock.now() - timedelta(hours=30))
    ((_skill, by_hour),) = hours(line_one, [told]) or []
    assert min(one for one in by_hour if one is not None) == 0, "the fewest of the week"


def test_before_anything_was_recorded_nothing_is_told_of_hours(sip: Skill, line_one: Team) -> None:
    assert hours(line_one, matrix(line_one).skills) is None


def test_the_page_costs_the_same_for_many(
    sip: Skill, line_one: Team, boris: User, client: Client, kept_for_long: None
) -> None:
    client.force_login(boris)

    def statements() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    before = statements()
    for number in range(6):
        skill = Skill.objects.create(name=f"Навык {number}")
        Requirement.objects.create(team=line_one, skill=skill)
        Ability.objects.say(person(f"q{number}", f"Ещё {number}", Role.AGENT, line_one), skill, 2)
    assert statements() == before


def test_with_nothing_it_says_where_to_begin(line_one: Team, boris: User, client: Client) -> None:
    client.force_login(boris)
    assert "не названо ни одного умения" in client.get(PAGE).content.decode()
