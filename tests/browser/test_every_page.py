"""Every main page of the product, full of the demo company: nothing that axe calls serious, in light and in dark, and
nothing cut off at 200 % (1280 px become 640) and where text has to flow into 320 px (WCAG 1.4.4, 1.4.10).

The company is planted once for the file, so that its tests only look.
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client as Door
from django.test import override_settings

from otklik.care.complaints.models import Complaint
from otklik.care.incidents.models import Incident
from otklik.care.knowledge.models import Article
from otklik.care.problems.models import Problem
from otklik.care.surveys.models import OutsideAnswer, Survey
from otklik.config import demo
from otklik.core import recent
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace import menu
from otklik.team.boards.models import Board
from otklik.team.goals.models import Goal
from otklik.team.people.models import Vacancy
from tests.fixtures.browser import PERSON, WIDE, settle
from tests.fixtures.live import LiveApp
from tests.fixtures.reset import reset

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
THEMES = {"light": {"type": "tag", "values": WCAG}, "dark": {"type": "rule", "values": ["color-contrast"]}}
ZOOMED = ({"width": 640, "height": 450}, {"width": 320, "height": 256})

PAGES: dict[str, str] = {
    "": """/sign-in/ /status/ /status/history/ /status/subscribe/ /write/ /kb/ /kb/{public}/ /sla/
        /request/{signed}/""",
    "marina": """/ /queue/line/ /queue/mine/ /tickets/{ticket}/ /tickets/{ticket}/?card=client /tickets/new/
        /clients/ /clients/?show=organisations /clients/contact/{contact}/ /clients/organisation/{client}/
        /search/ /search/?q=телефон /my/ /my/shifts/ /my-page/ /my/bonus/ /notices/ /tasks/ /calls/ /mail/sent/
        /saved/ /saved/new/ /knowledge/ /knowledge/{article}/ /incidents/ /incidents/{incident}/ /problems/
        /problems/{problem}/ /complaints/ /quality/mine/ /ahead/ /board/roster/""",
    "olga": """/board/shift/ /board/roster/ /board/roster/requests/ /board/staffing/ /board/skills/ /board/hanging/
        /board/dates/ /board/visits/ /board/changes/ /board/refusals/ /board/conduct/ /mail/quarantine/
        /clients/duplicates/""",
    "pavel": """/quality/ /quality/results/ /quality/calibrations/""",
    "vera": """/board/ /board/metrics/ /board/metrics/csat.t2b/ /board/metrics/register/
        /board/boards/ /board/boards/new/
        /board/boards/{board}/ /board/boards/{board}/wall/ /board/surveys/ /board/surveys/{survey}/
        /board/surveys/outside/?source={source} /board/goals/ /board/goals/{goal}/
        /board/plan/ /board/retros/ /board/bad-days/
        /board/people/ /board/people/vacancies/{vacancy}/ /board/people/newcomers/ /board/people/training/
        /board/indicators/ /board/bonus/ /board/alerts/ /board/value/ /board/value/?of=net
        /board/value/one/?q=а /board/value/one/organisation/{client}/ /board/availability/ /board/reports/
        /board/improvements/ /board/notes/ /complaints/{complaint}/ /complaints/measures/""",
    "gleb": """/settings/ /settings/organisation/ /settings/brands/ /settings/people/ /settings/people/new/
        /settings/lines/ /settings/channels/ /settings/hours/ /settings/classes/ /settings/topics/ /settings/fields/
        /settings/card-fields/ /settings/secrecy/ /settings/macros/ /settings/rules/ /settings/rules/new/
        /settings/webhooks/ /settings/surveys/ /settings/quality/ /settings/complaints/ /settings/incidents/
        /settings/panels/ /settings/status/ /settings/products/ /settings/contact/ /settings/openers/
        /settings/personal/ /settings/imports/ /settings/imports/from/zendesk/ /settings/audit/ /settings/about/
        /me/security/""",
}

SERIOUS = """async (rules) => {
  const told = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
  return told.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .flatMap((one) => one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.html.slice(0, 140)}`));
}"""
CUT = """() => {
  const width = document.documentElement.clientWidth;
  const style = (one, name) => getComputedStyle(one)[name];
  const above = (one, rule) => Boolean(one) && (rule(one) || above(one.parentElement, rule));
  const scrolls = (one) => one !== document.documentElement && ['auto', 'scroll'].includes(style(one, 'overflowX'));
  const within = (one) => one.getBoundingClientRect().right <= width + 1;
  const shortens = (one) => style(one, 'textOverflow') === 'ellipsis' && within(one);
  const speaks = (one) => one.matches('button, a, input, select, textarea, summary')
    || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const out = [...document.querySelectorAll('body *')].filter((one) => {
    if (!speaks(one) || !one.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false;
    const box = one.getBoundingClientRect();
    if (box.width < 2 || box.right <= 0) return false;  // for those who listen, or away on purpose
    return (box.right > width + 1 || box.left < -1) && !above(one, scrolls) && !above(one, shortens);
  });
  const wider = document.documentElement.scrollWidth - innerWidth;
  const shown = out.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
  return wider > 0 ? [`scrolls by ${wider} px`, ...shown] : shown;
}"""
ACTS = """() => [...document.querySelectorAll('main .btn.primary')]
  .filter((one) => one.checkVisibility({visibilityProperty: true})).map((one) => one.textContent.trim()).sort()"""


@pytest.fixture(scope="module")
def company(_live_server: LiveApp, django_db_blocker: Any) -> Iterator[str]:
    """The demo company with a shorter past, which many pages are full of; gone at the end."""
    few = pytest.MonkeyPatch()
    few.setattr("otklik.desk.tickets.seeds.history.WEEKS", 2)
    few.setattr("otklik.desk.tickets.seeds.history.A_WEEK", 8)
    with django_db_blocker.unblock(), override_settings(PUBLIC_URL=_live_server.url):
        demo.load()
        menu.forget()
        recent.forget()
        yield _live_server.url
        reset(connection)
    few.undo()


def first(of: Any) -> int:
    return int(of.order_by("pk").values_list("pk", flat=True)[0])


def addresses(login: str) -> list[str]:
    """Those of a role, each with something of this company in it."""
    mine = Ticket.objects.filter(owner__login="marina", status="open").order_by("-last_at")
    shown: Ticket = mine.first() or Ticket.objects.latest("pk")
    told = {
        "ticket": shown.pk,
        "signed": sign(shown),
        "contact": shown.contact_id,
        "client": first(Client.objects.filter(contacts__in=Contact.objects.filter(tickets__owner__login="marina"))),
        "article": first(Article.objects.filter(state="published")),
        "public": first(Article.objects.filter(state="published", audience="public")),
        "incident": first(Incident.objects.all()),
        "problem": first(Problem.objects.all()),
        "complaint": first(Complaint.objects.all()),
        "board": first(Board.objects.all()),
        "survey": first(Survey.objects.all()),
        "goal": first(Goal.objects.all()),
        "vacancy": first(Vacancy.objects.all()),
        "source": quote(OutsideAnswer.objects.values_list("source", flat=True)[0]),
    }
    return [one.format(**told) for one in PAGES[login].split()]


@pytest.fixture
def sits(company: str, browser: Any) -> Iterator[Callable[[str], Any]]:
    """A page of a person of the company, or of anybody."""
    contexts: list[Any] = []

    def sit(login: str) -> Any:
        context = browser.new_context(**PERSON, base_url=company, bypass_csp=True)
        contexts.append(context)
        context.set_default_timeout(60_000)
        if login:
            door = Door()
            door.force_login(User.objects.get(login=login))
            cookie = door.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": company}])
        return context.new_page()

    yield sit
    for context in contexts:
        context.close()


def troubles(page: Any) -> list[str]:
    """What is wrong with an open page, at a desk in both themes and zoomed in."""
    told = []
    page.set_viewport_size(WIDE)
    settle(page)
    page.evaluate(Axe().axe_script)
    for theme, rules in THEMES.items():
        page.emulate_media(color_scheme=theme)
        settle(page)
        told += [f"{theme}: {one}" for one in page.evaluate(SERIOUS, rules)]
    page.emulate_media(color_scheme="light")
    acts = page.evaluate(ACTS)
    for viewport in ZOOMED:
        page.set_viewport_size(viewport)
        settle(page)
        told += [f"{viewport['width']} px: {one}" for one in page.evaluate(CUT)]
        if page.evaluate(ACTS) != acts:
            told.append(f"{viewport['width']} px: of {acts} there are {page.evaluate(ACTS)}")
    return told


@pytest.mark.parametrize("login", PAGES, ids=[login or "anybody" for login in PAGES])
def test_a_page_is_for_everybody(login: str, sits: Callable[[str], Any]) -> None:
    page = sits(login)
    told: dict[str, list[str]] = {}
    for address in addresses(login):
        answer = page.goto(address, wait_until="load")
        found = [f"answers {answer.status}"] if answer.status != 200 else troubles(page)
        if found:
            told[address] = found
    assert told == {}
