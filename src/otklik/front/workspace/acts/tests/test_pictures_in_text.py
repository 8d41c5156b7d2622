"""Pictures that stand in an answer: shown in place everywhere, sent only where the text names them."""

import email
import email.policy
import io
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from otklik.adapters.email.parse import parse
from otklik.adapters.email.writing.letter import render
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


def drawn(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


PNG = drawn(30, 20)


@pytest.fixture(autouse=True)
def _real_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters get the form that they have on the wire."""
    monkeypatch.setattr(Paper, "render", staticmethod(render))


@pytest.fixture
def picture(post: Post, settings: Any, tmp_path: Any) -> Any:
    """`picture(anna, ticket)`: the key of an uploaded picture."""
    settings.MEDIA_ROOT = tmp_path

    def send(user: User, ticket: Ticket, content: bytes = PNG) -> str:
        answer = post(user, ticket, "files", file=SimpleUploadedFile("схема.png", content, "image/png"))
        assert answer.json()["picture"] is content.startswith(PNG[:8])
        return str(answer.json()["id"])

    return send


def said() -> Message:
    return Message.objects.get(direction="out", automatic="", taken_back_at=None)


def leaves() -> None:
    """The moment of what was written has come; before it the client has nothing of it."""
    Outbound.objects.update(not_before=clock.now())


def naming(key: str) -> str:
    return f"Смотрите:\n\n![схема](cid:{key})\n\nПомогло?"


def body_of(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_the_letter_carries_the_picture_in_its_place(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any
) -> None:
    key, beside = picture(anna, ticket), picture(anna, ticket)
    picture(anna, ticket)  # neither named nor attached

    assert post(anna, ticket, "reply", **{**promise, "text": naming(key)}, files=[beside]).status_code == 200

    outbound = said().outbound
    assert outbound is not None
    letter = email.message_from_bytes(bytes(outbound.raw), policy=email.policy.default)
    parts = [part for part in letter.walk() if part.get_content_type() == "image/png"]
    assert [part["Content-Disposition"].content_disposition for part in parts] == ["inline", "attachment"]
    name = parts[0]["Content-ID"].strip("<>")
    html = body_of(letter, "html")
    assert f'src="cid:{name}"' in html and 'alt="схема"' in html and "max-width:100%" in html and "data:" not in html
    assert name == f"{UUID(key).hex}@otklik" and parts[0].get_content() == PNG
    text = body_of(letter, "plain")
    assert "[картинка: схема]" in text and "cid:" not in text


def test_its_size_is_said_in_attributes_and_no_picture_is_wider_than_a_letter(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any, client_of: Any
) -> None:
    wide, small = (picture(anna, ticket, drawn(*size)) for size in ((1500, 700), (320, 200)))
    text = naming(wide) + naming(small)

    looks = post(anna, ticket, "preview", text=text).content.decode()
    post(anna, ticket, "reply", **{**promise, "text": text})

    outbound = said().outbound
    assert outbound is not None
    letter = body_of(email.message_from_bytes(bytes(outbound.raw), policy=email.policy.default), "html")
    talk = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    for shown in (looks, letter, talk):
        assert shown.count('width="600" height="280"') == 1 and shown.count('width="320" height="200"') == 1


def test_our_own_reader_finds_it_in_place(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any
) -> None:
    post(anna, ticket, "reply", **{**promise, "text": naming(picture(anna, ticket))})

    outbound = said().outbound
    assert outbound is not None
    (file,) = parse(bytes(outbound.raw)).attachments
    assert file.inline and file.content_id == said().attachments.get().content_id


def test_the_talk_the_viewer_and_the_clients_page_show_it(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any, client_of: Any
) -> None:
    key = picture(anna, ticket)
    post(anna, ticket, "reply", **{**promise, "text": naming(key)})
    leaves()
    message, desk, signed = said(), client_of(anna), sign(ticket)

    talk = desk.get(f"/tickets/{ticket.number}/").content.decode()
    letter = desk.get(f"/mail/sent/{message.outbound_id}/body/")
    page = Client().get(f"/request/{signed}/").content.decode()
    file = Client().get(f"/request/{signed}/files/{key}/")

    assert f'<img src="/files/{key}/"' in talk and talk.count("схема.png") == 0
    assert f"{key}." in letter.content.decode() and "/files/letter/" in letter["Content-Security-Policy"]
    assert f'<img src="/request/{signed}/files/{key}/"' in page and page.count("схема.png") == 0
    assert file["Content-Type"] == "image/png" and file["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(b"".join(file))).size == (30, 20)
    assert message.new_text == "Смотрите:\n\n[картинка: схема]\n\nПомогло?"


def test_the_preview_shows_it_and_the_draft_keeps_it(
    ticket: Ticket, anna: User, post: Post, picture: Any, client_of: Any
) -> None:
    key = picture(anna, ticket)
    post(anna, ticket, "draft", text=naming(key), mode="reply")

    looks = post(anna, ticket, "preview", text=naming(key)).content.decode()
    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()

    assert f'src="/files/{key}/"' in looks
    assert f'data-picture value="{key}"' in page and f"(cid:{key})" in page and 'name="files" value' not in page


def test_a_picture_in_place_is_not_shown_to_the_client_once_it_is_found_dangerous(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any
) -> None:
    key = picture(anna, ticket)
    post(anna, ticket, "reply", **{**promise, "text": naming(key)})
    leaves()
    Attachment.objects.update(verdict="infected")

    page = Client().get(f"/request/{sign(ticket)}/").content.decode()

    assert f"/files/{key}/" not in page and 'alt="схема"' in page
    assert "схема.png" in page and Client().get(f"/request/{sign(ticket)}/files/{key}/").status_code == 404


def test_a_letter_sent_again_by_a_lost_answer_is_the_same_letter(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any
) -> None:
    told = {**promise, "text": naming(picture(anna, ticket))}
    answers = [post(anna, ticket, "reply", **told).status_code for _ in range(2)]

    noted = {"note": naming(picture(anna, ticket)), "key": "n1"}
    answers += [post(anna, ticket, "note", **noted).status_code for _ in range(2)]

    assert answers == [200] * 4 and said().attachments.count() == 1
    assert Message.objects.filter(direction="note").count() == 1


def test_what_the_text_does_not_name_any_more_stays_behind(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any
) -> None:
    picture(anna, ticket)
    post(anna, ticket, "reply", **promise)

    assert not said().attachments.exists()


def test_undo_brings_back_the_text_with_its_picture(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any
) -> None:
    key, beside = picture(anna, ticket), picture(anna, ticket)
    post(anna, ticket, "reply", **{**promise, "text": naming(key)}, files=[beside])
    back = post(anna, ticket, f"undo/{said().pk}")

    draft = Draft.objects.get(mode="reply")
    file = Attachment.objects.get(key=key)
    assert back.status_code == 200
    assert draft.text == naming(key) and draft.form["files"] == [beside]
    assert (file.message, file.content_id, file.inline) == (None, "", False)
    assert post(anna, ticket, "reply", **{**promise, "text": naming(key), "key": "k2"}).status_code == 200
    assert said().attachments.count() == 1


@pytest.mark.parametrize("whose", ["a colleague's", "of another request", "unknown", "no picture"])
def test_FILE_4_a_foreign_key_neither_shows_nor_sends(
    whose: str, ticket: Ticket, anna: User, ilya: User, post: Post, promise: dict[str, Any], picture: Any, writes: Any
) -> None:
    key = {
        "a colleague's": lambda: picture(ilya, ticket),
        "of another request": lambda: picture(anna, writes("Другое", subject="Другое")),
        "unknown": lambda: str(uuid4()),
        "no picture": lambda: picture(anna, ticket, b"<svg onload=alert(1)>"),
    }[whose]()

    answer = post(anna, ticket, "reply", **{**promise, "text": naming(key)})
    noted = post(anna, ticket, "note", note=naming(key))
    looks = post(anna, ticket, "preview", text=naming(key)).content.decode()

    assert answer.status_code == noted.status_code == 422 and 'id="e-text"' in answer.content.decode()
    assert "src=" not in looks
    assert not Message.objects.exclude(direction="in").filter(automatic="").exists()
    assert not Attachment.objects.exclude(message=None).exists()


def test_colleagues_see_the_picture_of_a_note(ticket: Ticket, anna: User, post: Post, picture: Any) -> None:
    key = picture(anna, ticket)
    assert post(anna, ticket, "note", note=naming(key)).status_code == 200

    note = Message.objects.get(direction="note")
    assert note.attachments.get().inline and f"cid:{UUID(key).hex}@otklik" in note.html


def test_pictures_in_place_count_for_the_size_of_the_letter(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any, settings: Any
) -> None:
    keys = [picture(anna, ticket) for _ in range(3)]
    settings.UPLOAD_BYTES = 20

    answer = post(anna, ticket, "reply", **{**promise, "text": "".join(map(naming, keys))})

    assert answer.status_code == 422 and 'id="e-files"' in answer.content.decode()


def test_history_quotes_the_words_for_the_picture(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], picture: Any
) -> None:
    post(anna, ticket, "reply", **{**promise, "text": naming(picture(anna, ticket))})
    leaves()
    post(anna, ticket, "reply", **{**promise, "key": "k2", "seen": said().pk}, history="on")

    outbound = Message.objects.filter(direction="out", automatic="").latest("id").outbound
    assert outbound is not None
    letter = email.message_from_bytes(bytes(outbound.raw), policy=email.policy.default)
    assert "> [картинка: схема]" in body_of(letter, "plain")
    assert not [part for part in letter.walk() if part.get_content_maintype() == "image"]
