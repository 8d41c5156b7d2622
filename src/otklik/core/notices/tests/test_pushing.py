"""A push service that really decrypts; it stands in for those of the browsers."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.test import Client

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.notices import pushing, webpush
from otklik.core.notices.deciding import Why
from otklik.core.notices.models import Browser, Delivery, PersonChoice, Signature
from otklik.core.notices.pushing import NotNow
from otklik.core.staff.models import Absence, Availability, User

pytestmark = pytest.mark.django_db
SECRET = webpush.coded(bytes(range(16)))


class Service:
    """What one browser has received, in clear."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(webpush.CURVE)
        self.public = webpush.coded(webpush.public(self.key))
        self.heads: list[Any] = []
        self.told: list[dict[str, Any]] = []
        self.status = 201

    def read(self, body: bytes) -> dict[str, Any]:
        """RFC 8188 and 8291 from the side of the browser."""
        salt, theirs, record = body[:16], body[21 : 21 + body[20]], body[21 + body[20] :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(webpush.CURVE, theirs))
        info = b"WebPush: info\x00" + webpush.public(self.key) + theirs
        material = webpush._hkdf(webpush.decoded(SECRET), info, 32).derive(shared)
        content = webpush._hkdf(salt, b"Content-Encoding: aes128gcm\x00", 16).derive(material)
        nonce = webpush._hkdf(salt, b"Content-Encoding: nonce\x00", 12).derive(material)
        text = AESGCM(content).decrypt(nonce, record, None)
        assert text[-1:] == webpush.LAST
        told: dict[str, Any] = json.loads(text[:-1])
        return told


@pytest.fixture
def service(settings: Any) -> Iterator[Any]:
    stand_in = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if stand_in.status < 300:
                stand_in.heads.append(self.headers)
                stand_in.told.append(stand_in.read(body))
            self.send_response(stand_in.status)
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EGRESS_ALLOW = [f"127.0.0.1:{server.server_address[1]}"]
    stand_in.address = f"http://127.0.0.1:{server.server_address[1]}/push/abc"  # type: ignore[attr-defined]
    yield stand_in
    server.shutdown()
    server.server_close()


@pytest.fixture
def annas(client: Client, anna: User, service: Any) -> Client:
    """Anna's browser, which may show notices."""
    client.force_login(anna)
    told = {"endpoint": service.address, "key": service.public, "secret": SECRET}
    assert client.post("/me/notices/browsers/", told).status_code == 204
    return client


def tell(person: User, kind: NoticeKind = NoticeKind.DUE, *, urgent: bool = False) -> Notice:
    (row,) = Notice.objects.tell([person.pk], "Скоро срок", kind=kind, about="ticket", about_id=4817, urgent=urgent)
    return row


def run(*rows: Notice) -> list[bool]:
    return [pushing.send_to(*pair) for pair in pushing.decide([row.pk for row in rows])]


def test_the_browser_is_told_once_signed_and_sealed(annas: Client, anna: User, service: Any) -> None:
    row = tell(anna)

    assert run(row) == [True] and run(row) == [False]
    (told,), (head,) = service.told, service.heads
    assert (told["title"], told["text"], told["at"]) == ("Обращение № 4817", "Скоро срок", f"/notices/{row.pk}/go/")
    assert (head["TTL"], head["Urgency"], head["Content-Encoding"]) == ("14400", "normal", "aes128gcm")
    assert head["Content-Type"] == "application/octet-stream" and head["Topic"] == f"n{row.pk}"
    assert webpush.coded(webpush.public(Signature.objects.key())) == head["Authorization"].partition("k=")[2]
    assert Delivery.objects.count() == 1 and Notice.objects.get().pushed_why == Why.TOLD


def test_what_is_wanted_in_the_browser_alone_comes_there(annas: Client, anna: User, service: Any) -> None:
    PersonChoice.objects.create(person=anna, routes={"due": ["push"]})
    row = tell(anna)

    assert run(row) == [True]
    assert not row.stands_out


def test_no_content_says_only_that_there_is_something(annas: Client, anna: User, service: Any) -> None:
    PersonChoice.objects.create(person=anna, bare=True)

    run(tell(anna))

    assert "4817" not in service.told[0]["title"] and "срок" not in service.told[0]["text"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(annas: Client, anna: User, service: Any, status: int) -> None:
    service.status = status

    assert run(tell(anna)) == [False]
    assert not Browser.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_is_busy_is_asked_again(annas: Client, anna: User, service: Any, status: int) -> None:
    row, service.status = tell(anna), status
    with pytest.raises(NotNow):
        run(row)

    service.status = 201
    assert run(row) == [True] and len(service.told) == 1


def test_what_a_service_does_not_take_is_not_sent_again(annas: Client, anna: User, service: Any) -> None:
    service.status = 403

    assert run(tell(anna)) == [False]
    assert Notice.objects.get().pushed_why == Why.FAILED


def test_off_shift_nothing_rings_but_what_is_urgent(annas: Client, anna: User, boris: User, service: Any) -> None:
    anna.say(Availability.OFF, by=anna)
    calm, urgent = tell(anna), tell(anna, urgent=True)
    assert run(calm, urgent) == [True]
    assert [one["urgent"] for one in service.told] == [True] and service.heads[0]["Urgency"] == "high"

    Absence.objects.declare(anna, by=boris, until=clock.now() + timedelta(days=1))
    run(later := tell(anna))
    whys = [Notice.objects.get(pk=row.pk).pushed_why for row in (calm, urgent, later)]
    assert whys == [Why.NOT_WORKING, Why.URGENT, Why.ABSENT]


def test_what_was_looked_at_meanwhile_is_not_sent(annas: Client, anna: User, service: Any) -> None:
    row = tell(anna)
    Notice.objects.all().see()

    assert run(row) == [] and not service.told
    assert Notice.objects.get().pushed_why == Why.SEEN


def test_signing_out_and_a_session_that_was_ended_silence_the_browser(annas: Client, anna: User, service: Any) -> None:
    annas.session.delete()
    assert run(tell(anna)) == [] and Notice.objects.get().pushed_why == Why.NO_BROWSER

    annas.force_login(anna)
    annas.post("/me/notices/browsers/", {"endpoint": service.address, "key": service.public, "secret": SECRET})
    assert Browser.objects.count() == 1
    annas.post("/sign-out/")
    assert not Browser.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    ["http://push.example/a", "https://push.example:8443/a", "ftp://x/", "", "https://u:p@push.example/", "x" * 3000],
)
def test_only_https_at_its_usual_port_may_be_told(annas: Client, service: Any, endpoint: str) -> None:
    told = {"endpoint": endpoint, "key": service.public, "secret": SECRET}

    assert annas.post("/me/notices/browsers/", told).status_code == 422


@pytest.mark.parametrize("inner", ["https://127.0.0.1/a", "https://10.0.0.8/a", "https://[::1]/a"])
def test_the_door_out_refuses_the_house(annas: Client, anna: User, service: Any, inner: str) -> None:
    Browser.objects.update(endpoint=inner)

    with pytest.raises(NotNow, match="not public"):
        run(tell(anna))


@pytest.mark.parametrize(
    ("key", "secret"), [("", SECRET), ("AAAA", SECRET), ("é", SECRET), (None, "AAAA"), (None, "!")]
)
def test_keys_that_are_none_are_refused(annas: Client, service: Any, key: str | None, secret: str) -> None:
    told = {"endpoint": service.address, "key": service.public if key is None else key, "secret": secret}

    assert annas.post("/me/notices/browsers/", told).status_code == 422


def test_nobody_sees_or_removes_the_browser_of_another(
    annas: Client, anna: User, boris: User, head: User, admin: User
) -> None:
    browser = Browser.objects.get()
    for other in (boris, head, admin):
        stranger = Client()
        stranger.force_login(other)
        assert stranger.post(f"/me/notices/browsers/{browser.pk}/remove/").status_code == 404
        assert f"/browsers/{browser.pk}/" not in stranger.get("/me/notices/").content.decode()

    assert annas.post(f"/me/notices/browsers/{browser.pk}/remove/").status_code == 302
    assert not Browser.objects.exists()
