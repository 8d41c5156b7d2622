"""SEND-5: two agents answer the same request at the same time, in connections of their own."""

import threading
from typing import Any

import pytest
from django.db import connection

from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post


@pytest.mark.django_db(transaction=True)
def test_SEND_5_the_second_of_two_answers_within_a_moment_is_shown_the_first_and_keeps_its_text(
    ticket: Ticket, anna: User, ilya: User, post: Post, promise: dict[str, Any]
) -> None:
    texts = {anna: "Проверяем маршрут.", ilya: "Меняем роутер."}
    for author, text in texts.items():
        Draft.objects.keep(ticket.conversation, author, "reply", text, {})
    answers: dict[User, Any] = {}
    together = threading.Barrier(2)

    def answer(author: User) -> None:
        try:
            together.wait(10)
            answers[author] = post(author, ticket, "reply", **{**promise, "text": texts[author], "key": author.login})
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(author,)) for author in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    by_status = {answers[author].status_code: author for author in texts}
    first, second = by_status[200], by_status[409]
    page = answers[second].content.decode()
    assert texts[first] in page and texts[second] in page, "the second sees what changed, and the own text"
    assert [draft.text for draft in Draft.objects.all()] == [texts[second]]
    assert Outbound.objects.filter(kind="reply").count() == 1, "nothing leaves without a second decision"
