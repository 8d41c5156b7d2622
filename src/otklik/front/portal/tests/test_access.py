"""ACCESS-1 for clients: with one's own link nothing of another client opens, and nothing tells whether it exists."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.signing import Signer
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.desk.conversations.models import Message
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
NEW_EVERY_TIME = re.compile(rb'(?:nonce|data-now)="[^"]*"|[A-Za-z0-9]{64}')
TAILS = ("", "answer/", "score/", "files/{file}/")


@pytest.fixture
def anothers(writes: Write) -> Ticket:
    return writes("чужое", sender="olga@else.test", files=[("тайна.txt", "секрет")])


def said(client: Client, method: str, path: str) -> tuple[int, bytes]:
    answer: HttpResponse = getattr(client, method)(path, {"text": "моё", "score": "1"} if method == "post" else None)
    words = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, NEW_EVERY_TIME.sub(b"", words)


def links_of(ticket: Ticket, anothers: Ticket) -> Iterator[str]:
    """What one can make of the own link, and of a number that one has seen."""
    mine, theirs = sign(ticket), sign(anothers)
    half = len(mine) // 2
    yield from (str(anothers.number), str(anothers.pk), theirs[:-1], theirs.swapcase(), theirs[:half] + mine[half:])
    yield from (
        mine[:half] + theirs[half:],
        f"{anothers.number}:{mine.partition(':')[2]}",
        Signer().sign(str(anothers.pk)),
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("tail", TAILS)
def test_ACCESS_1_no_link_made_from_the_own_one_opens_anothers_request(
    client: Client, ticket: Ticket, anothers: Ticket, method: str, tail: str
) -> None:
    tail = tail.format(file=anothers.conversation.attachments.get().key)
    missing = said(client, method, f"/request/nothing-like-it/{tail}")

    assert missing[0] in (404, 405)
    for made in links_of(ticket, anothers):
        assert said(client, method, f"/request/{made}/{tail}") == missing, made
    assert not Message.objects.filter(text="моё").exists()


@pytest.mark.parametrize("method", METHODS)
def test_ACCESS_1_anothers_file_under_the_own_link_is_the_same_as_none(
    client: Client, ticket: Ticket, anothers: Ticket, method: str
) -> None:
    theirs = anothers.conversation.attachments.get().key
    answers, work = [], []
    for key in (theirs, uuid4()):
        with CaptureQueriesContext(connection) as queries:
            answers.append(said(client, method, f"/request/{sign(ticket)}/files/{key}/"))
        work.append(len(queries))

    assert answers[0] == answers[1] and answers[0][0] in (404, 405)
    assert work[0] == work[1], "neither takes longer"
