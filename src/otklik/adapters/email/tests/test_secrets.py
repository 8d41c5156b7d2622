"""Passwords of mailboxes are unreadable in the database."""

import pytest
from django.test import override_settings

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.secrets import Sealed, seal, unseal
from otklik.desk.channels.models import Channel


def test_a_sealed_secret_opens_only_in_its_own_place() -> None:
    sealed = seal("пароль", "mailbox:1:imap")

    assert "пароль" not in sealed and unseal(sealed, "mailbox:1:imap") == "пароль"
    with pytest.raises(Sealed):
        unseal(sealed, "mailbox:2:imap")


def test_the_same_secret_is_sealed_differently_each_time() -> None:
    assert seal("a", "x") != seal("a", "x")


def test_after_a_change_of_the_key_the_old_one_still_opens_while_it_is_listed() -> None:
    with override_settings(SECRET_KEY="old" * 20):
        sealed = seal("secret", "x")
    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=["old" * 20]):
        assert unseal(sealed, "x") == "secret"
    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=[]), pytest.raises(Sealed):
        unseal(sealed, "x")


@pytest.mark.parametrize("damaged", ["1:", "1:AAAA", "nonsense", "1:!!"])
def test_damage_is_told_apart_from_an_empty_password(damaged: str) -> None:
    assert unseal("", "x") == ""
    with pytest.raises(Sealed):
        unseal(damaged, "x")


@pytest.mark.django_db
def test_a_mailbox_keeps_its_passwords_sealed(support: Channel) -> None:
    mailbox = Mailbox(channel=support)
    mailbox.imap_password, mailbox.smtp_password = "тайна", "другая"
    mailbox.save()

    row = Mailbox.objects.get()
    assert "тайна" not in row.imap_secret and row.imap_password == "тайна" and row.smtp_password == "другая"
