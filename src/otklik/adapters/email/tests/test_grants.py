"""Mailboxes that a provider lets us into (OAuth 2.0): the whole flow, and what happens when access is taken back."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from otklik.adapters.email.grants.addresses import keeps_secrets
from otklik.adapters.email.models import Application, Delivery, Mailbox, Security, SignsIn
from otklik.adapters.email.settings.form import MailboxForm
from otklik.adapters.email.tests.conftest import Say, mail
from otklik.adapters.email.tests.fakeimap import FakeImap
from otklik.adapters.email.tests.provider import Provider
from otklik.adapters.email.tests.rude import Rude
from otklik.adapters.email.words import Trouble
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Inbound

pytestmark = pytest.mark.django_db(transaction=True)  # both servers are tried in threads

BACK = "https://desk.test/settings/channels/granted/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    server = Provider(BACK)
    settings.EGRESS_ALLOW = [f"127.0.0.1:{server.port}"]
    yield server
    server.close()


@pytest.fixture
def imap(provider: Provider) -> Iterator[FakeImap]:
    server = FakeImap()
    provider.issued.append(server.tokens.add)
    yield server
    server.close()


@pytest.fixture
def smtp(provider: Provider) -> Iterator[Rude]:
    server = Rude(extensions=("AUTH XOAUTH2 PLAIN",), tokens=set())
    assert server.tokens is not None
    provider.issued.append(server.tokens.add)
    yield server
    server.close()


@pytest.fixture
def box(mailbox: Mailbox, provider: Provider, imap: FakeImap, smtp: Rude) -> Mailbox:
    application = Application(kind="google", client_id=provider.client_id, own_token_url=f"{provider.url}/token")
    application.secret, application.own_authorize_url = provider.client_secret, f"{provider.url}/authorize"
    application.save()
    mailbox.fetches, mailbox.only_new, mailbox.signs_in = True, False, SignsIn.GOOGLE
    mailbox.imap_host, mailbox.imap_port, mailbox.imap_security = "127.0.0.1", imap.port, Security.NONE
    mailbox.imap_login = mailbox.smtp_login = "support@desk.test"
    mailbox.delivery, mailbox.smtp_host, mailbox.smtp_port = Delivery.SMTP, "127.0.0.1", smtp.port
    mailbox.smtp_security = Security.NONE
    mailbox.configured()
    return mailbox


type Connect = Callable[..., Any]


@pytest.fixture
def administrator(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def connect(box: Mailbox, provider: Provider, administrator: Client) -> Connect:
    """`connect()`: press "Connect", say yes at the provider, come back; the page that ends it."""

    def connect(change: Callable[[str], str] = lambda url: url) -> Any:
        away = administrator.get(f"/settings/channels/{box.channel_id}/connect/")
        assert away.status_code == 302 and away["Location"].startswith(f"{provider.url}/authorize?")
        back = change(provider.visited(away["Location"]))
        page = administrator.get(back.removeprefix("https://desk.test"), follow=True)
        box.refresh_from_db()
        return page

    return connect


def expire(box: Mailbox) -> None:
    Mailbox.objects.update(access_until=clock.now())
    box.refresh_from_db()


def test_the_administrator_lets_us_in_and_mail_comes_and_goes(
    box: Mailbox, connect: Connect, imap: FakeImap, smtp: Rude, say: Say
) -> None:
    assert box.needs_consent
    page = connect().content.decode()
    assert not box.needs_consent and "подключ" in page

    imap.add(mail(Message_ID="<7@volga.test>"))
    assert box.fetch() == 1 and Inbound.objects.filter(external_id="7@volga.test").exists()
    outbound = say()
    outbox.send_due()
    outbound.refresh_from_db()
    assert outbound.state == "sent" and len(smtp.taken) == 1


def test_tokens_are_sealed_and_the_secret_never_leaves_in_an_address(
    box: Mailbox, connect: Connect, provider: Provider
) -> None:
    connect()
    (refresh,) = provider.refreshing

    stored = str(Mailbox.objects.values().get()) + str(Application.objects.values().get())
    assert refresh not in stored and provider.client_secret not in stored
    assert box.access_token() not in stored


@pytest.mark.parametrize("rotates", [False, True])
def test_a_token_that_ran_out_is_renewed_once_for_both_halves(
    box: Mailbox, connect: Connect, provider: Provider, rotates: bool
) -> None:
    provider.rotates = rotates
    connect()
    for _ in range(2):
        expire(box)
        box.fetch()
        assert Mailbox.objects.get().check_sending() == ""

    assert provider.asked == ["authorization_code", "refresh_token", "refresh_token"]


def test_a_token_that_is_refused_early_is_renewed_at_once(
    box: Mailbox, connect: Connect, imap: FakeImap, smtp: Rude
) -> None:
    connect()
    imap.tokens.clear()
    box.fetch()

    assert smtp.tokens is not None
    smtp.tokens.clear()
    assert box.check_sending() == ""


def test_a_grant_that_was_taken_back_is_trouble_until_somebody_connects_again(
    box: Mailbox, connect: Connect, provider: Provider, administrator: Client, say: Say
) -> None:
    connect()
    provider.revoke()
    expire(box)
    with pytest.raises(Trouble):
        box.fetch()
    asked = len(provider.asked)

    trouble = Channel.objects.get().trouble
    assert "Google" in trouble and "Token has been expired or revoked" in trouble
    outbound = say()
    outbox.send_due()
    outbound.refresh_from_db()
    assert outbound.state == "ready" and len(provider.asked) == asked, "nobody is asked in vain"
    page = administrator.get(f"/settings/channels/{box.channel_id}/").content.decode()
    assert f"/settings/channels/{box.channel_id}/connect/" in page and "Подключить снова" in page

    connect()
    assert Channel.objects.get().trouble == "" and Mailbox.objects.get().failures == 0
    outbox.send_due()
    outbound.refresh_from_db()
    assert outbound.state == "sent"


def test_who_says_no_changes_nothing(box: Mailbox, connect: Connect, provider: Provider) -> None:
    provider.consents = False

    page = connect().content.decode()

    assert box.needs_consent and "access_denied" in page


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace("state=", "state=x"),
        lambda url: url.split("&state=")[0],
        lambda url: url.replace("code=", "code=x"),
        lambda url: url.split("code=")[0] + "state=" + url.split("state=")[1],
    ],
    ids=["another state", "no state", "another code", "no code"],
)
def test_an_answer_that_was_not_asked_for_connects_nothing(
    box: Mailbox, connect: Connect, change: Callable[[str], str]
) -> None:
    connect(change)

    assert box.needs_consent and not box.refresh_secret


def test_an_answer_counts_once_and_in_the_session_that_asked(
    box: Mailbox, connect: Connect, provider: Provider, administrator: Client, admin: User
) -> None:
    away = administrator.get(f"/settings/channels/{box.channel_id}/connect/")["Location"]
    back = provider.visited(away).removeprefix("https://desk.test")
    other = Client()
    other.force_login(admin)

    other.get(back)
    assert Mailbox.objects.get().needs_consent
    administrator.get(back)
    assert not Mailbox.objects.get().needs_consent
    administrator.get(back)
    assert provider.asked == ["authorization_code"]


def test_only_administrators_connect(box: Mailbox, boris: User, anna: User) -> None:
    for user in (boris, anna):
        client = Client()
        client.force_login(user)
        for path in (f"/settings/channels/{box.channel_id}/connect/", "/settings/channels/granted/"):
            assert client.get(path).status_code in (403, 404)


def test_a_wrong_secret_says_what_to_check(box: Mailbox, connect: Connect, provider: Provider) -> None:
    provider.client_secret = "another"

    page = connect().content.decode()

    assert box.needs_consent and "The OAuth client was not found." in page


def test_a_provider_inside_the_house_is_asked_only_when_it_is_allowed(
    box: Mailbox, connect: Connect, settings: Any
) -> None:
    """EGRESS-1: the address is a setting of the administrator, and goes through the one door."""
    settings.EGRESS_ALLOW = []

    connect()

    assert box.needs_consent


def test_a_changed_secret_key_asks_to_connect_again(box: Mailbox, connect: Connect, settings: Any) -> None:
    connect()
    settings.SECRET_KEY = "another key " * 8
    settings.SECRET_KEY_FALLBACKS = []

    with pytest.raises(Trouble):
        box.fetch()
    assert Mailbox.objects.get().needs_consent


def test_two_workers_renew_a_rotating_token_once(box: Mailbox, connect: Connect, provider: Provider) -> None:
    """A refresh token that is used twice ends the whole grant at some providers."""
    provider.rotates = True
    connect()
    expire(box)
    tokens = list[str]()

    def ask() -> None:
        try:
            tokens.append(Mailbox.objects.get().access_token())
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(set(tokens)) == 1 and provider.asked.count("refresh_token") == 1


FORM = {
    "address": "sales@desk.test",
    "name": "Продажи",
    "receiving": "imap",
    "signs_in": "google",
    "sending": "own",
}


def test_the_form_registers_us_and_leads_to_the_provider(administrator: Client, line_one: Any) -> None:
    told = {**FORM, "team": line_one.pk, "client_id": "abc", "client_secret": "sesam"}

    page = administrator.post("/settings/channels/new/email/", told, follow=True)

    mailbox = Mailbox.objects.get()
    assert (mailbox.imap_host, mailbox.imap_port, mailbox.smtp_host) == ("imap.gmail.com", 993, "smtp.gmail.com")
    assert Application.objects.get().secret == "sesam" and "sesam" not in page.content.decode()
    away = administrator.get(f"/settings/channels/{mailbox.channel_id}/connect/")["Location"]
    assert away.startswith("https://accounts.google.com/o/oauth2/v2/auth?") and "access_type=offline" in away
    assert f"/settings/channels/{mailbox.channel_id}/connect/" in page.content.decode()


def test_the_form_wants_the_registration_first(administrator: Client, line_one: Any) -> None:
    answer = administrator.post("/settings/channels/new/email/", {**FORM, "team": line_one.pk})

    assert answer.status_code == 422 and not Mailbox.objects.exists()


def test_another_provider_begins_anew(box: Mailbox, connect: Connect, administrator: Client, line_one: Any) -> None:
    connect()
    told = {**FORM, "address": "support@desk.test", "team": line_one.pk, "signs_in": "microsoft", "client_id": "ms"}

    administrator.post(f"/settings/channels/{box.channel_id}/", told)

    box.refresh_from_db()
    assert box.signs_in == "microsoft" and box.needs_consent and box.refresh_secret == ""


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://login.example/token", True),
        ("http://127.0.0.1:8080/token", True),
        ("http://[::1]/token", True),
        ("http://localhost/token", True),
        ("http://login.example/token", False),
        ("http://10.0.0.5/token", False),
        ("http://127.0.0.1.example/token", False),
        ("http://localhost.example/token", False),
        ("ftp://127.0.0.1/token", False),
        ("http://[::1", False),
    ],
)
def test_secrets_go_over_https_or_stay_on_this_machine(address: str, kept: bool) -> None:
    assert keeps_secrets(address) is kept


@pytest.mark.parametrize("field", ["token_url", "authorize_url"])
def test_the_form_refuses_an_address_without_encryption(box: Mailbox, field: str) -> None:
    form = MailboxForm({field: "http://login.example/oauth"}, channel=box.channel)

    assert not form.is_valid() and "https://" in form.errors[field][0]


def test_a_plain_address_from_before_gets_no_secret(box: Mailbox, connect: Connect, provider: Provider) -> None:
    connect()
    asked = len(provider.asked)
    Application.objects.update(own_token_url="http://login.example/token")
    Mailbox.objects.update(access_until=clock.now())

    with pytest.raises(Trouble, match=r"login\.example"):
        Mailbox.objects.get().fetch()
    assert len(provider.asked) == asked
