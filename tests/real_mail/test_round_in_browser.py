"""The whole round with everything real: mail servers, worker, browser; from the first letter to the client's score."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from otklik.care.surveys.models import Score
from otklik.core.staff.models import Organisation, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import at_desk, hears
from tests.mail.program import Program, until
from tests.real_mail.test_round import references
from tests.real_mail.world import PAVEL, SUPPORT, MailWorld

__all__ = ["at_desk"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PATIENCE = 60_000
"""Milliseconds: two mail servers, a worker and a browser share the machine."""

type AtDesk = Callable[..., Any]


@pytest.fixture
def working_desk(
    tmp_path: Path, mail_world: MailWorld, desk_mailbox: Channel, live_app: Any, settings: Any
) -> Iterator[Program]:
    """The worker, whose letters lead to the pages of `live_app`; the client is asked for a score at once."""
    settings.SURVEY_DELAY_SECONDS = 0
    Organisation.objects.update(site_url=live_app.url)
    program = Program(tmp_path, "worker", lmtp=mail_world.desk_lmtp, OTKLIK_MAIL_CA_FILE=str(mail_world.ca))
    program.start()
    until(lambda: desk_mailbox.mailbox.__class__.objects.get().fetched_at, "the mailbox is opened")
    yield program
    program.kill()


def plain(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def answer(page: Any, words: str, step: str) -> None:
    """Write, choose what comes next, send, and let the time for second thoughts pass."""
    page.fill("#reply-text", words)
    page.locator(step).first.click()
    page.locator("[data-key=send]:visible").click()
    page.wait_for_selector(".sentbar")


def test_from_a_letter_by_swaks_to_a_score_by_one_click(
    working_desk: Program, mail_world: MailWorld, at_desk: AtDesk, new_page: Any, anna: User
) -> None:
    page = at_desk(anna)
    page.set_default_timeout(PATIENCE)
    page.goto("/")
    page.wait_for_selector("#queue")
    hears(anna)

    mail_world.swaks(PAVEL, SUPPORT, "--header", "Subject: Нет звука", "--body", "Тишина в трубке",
                     "--header", "Message-Id: <first@volga.test>")  # fmt: skip
    page.get_by_text("Нет звука").first.click()
    page.wait_for_url(re.compile(r"/tickets/\d+/"))
    receipt = mail_world.next_letter(PAVEL, 0)

    answer(page, "Включите звук, пожалуйста.", ".next [data-for=vow] .date")
    letter = mail_world.next_letter(PAVEL, 1)
    assert "Включите звук, пожалуйста." in plain(letter)
    assert letter["In-Reply-To"] == "<first@volga.test>"
    assert references(letter)[-1] == "first@volga.test"
    assert receipt["Message-ID"].strip("<>") in references(letter)

    mail_world.write(
        PAVEL,
        letter["Reply-To"].addresses[0].addr_spec,
        "Теперь слышно, спасибо!",
        Subject="Re: Нет звука",
        In_Reply_To=str(letter["Message-ID"]),
        References=f"{letter['References']} {letter['Message-ID']}",
    )
    page.locator("#timeline").get_by_text("Теперь слышно, спасибо!").wait_for()
    assert Ticket.objects.count() == 1

    page.reload()
    answer(page, "Рада помочь.", "label:has(#n-done)")
    mail_world.next_letter(PAVEL, 3)
    last, question = sorted(map(plain, mail_world.letters(PAVEL)[2:4]), key=lambda text: "score=5" in text)
    assert "Рада помочь." in last, "the answer, and the question about it, in whatever order they arrived"
    (link,) = re.findall(r"http\S+/survey/\S+\?score=5", question)
    client = new_page()
    client.set_default_timeout(PATIENCE)
    client.goto(link)
    client.locator("button[type=submit]").click()
    client.get_by_role("status").wait_for()
    until(lambda: Score.objects.filter(value=5, agent=anna, ticket=Ticket.objects.get()).exists(), "the score is kept")

    client.fill("#comment", "Быстро и вежливо")
    client.locator("button[type=submit]").click()
    until(lambda: Score.objects.filter(comment="Быстро и вежливо").exists(), "the reason is kept")
