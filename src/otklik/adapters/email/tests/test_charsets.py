"""Text whose charset is missing, misspelt, a lie or an attack (MAIL-3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.adapters.email.parse.charsets import codec, decode

RUSSIAN = "Здравствуйте! Не работает звук в телефоне, помогите."


@pytest.mark.parametrize("real", ["utf-8", "cp1251", "koi8-r"])
@pytest.mark.parametrize(
    "named", ["", "us-ascii", "x-unknown", "utf-8", "iso-8859-1", "windows-1251", "koi8-r", "Windows_1251!"]
)
def test_russian_is_readable_whatever_is_said_about_it(real: str, named: str) -> None:
    assert decode(RUSSIAN.encode(real), named) == RUSSIAN


def test_russian_in_capitals_too() -> None:
    assert decode("СРОЧНО ПОМОГИТЕ НЕ РАБОТАЕТ".encode("koi8-r")) == "СРОЧНО ПОМОГИТЕ НЕ РАБОТАЕТ"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Grüße aus Köln, schöne Straße", "iso-8859-1"),
        ("Été à l'hôtel", "cp1252"),
        ("日本語のメール", "iso-2022-jp"),
        ("中文邮件", "gb2312"),
        ("한국어", "ks_c_5601-1987"),
        ("Žluťoučký kůň", "iso-8859-2"),
        ("日本語", "shift_jis"),
        ("Привет", "utf-16"),
    ],
)
def test_other_languages_come_through(text: str, charset: str) -> None:
    assert decode(text.encode({"ks_c_5601-1987": "cp949"}.get(charset, charset)), charset) == text


def test_western_text_without_a_charset_is_not_taken_for_russian() -> None:
    assert decode("Déjà vu: élève, garçon, été".encode("cp1252")) == "Déjà vu: élève, garçon, été"


def test_one_broken_byte_does_not_spoil_a_text() -> None:
    assert decode(RUSSIAN.encode()[:-1] + b"\xd0", "utf-8").startswith("Здравствуйте! Не работает звук")


@pytest.mark.parametrize(
    "name",
    [
        "rot13",
        "zlib_codec",
        "idna",
        "punycode",
        "base64",
        "hex",
        "unicode_escape",
        "undefined",
        "mbcs",
        "",
        "\0",
        "x" * 99,
    ],
)
def test_MAIL_3_codecs_that_are_no_charsets_are_never_used(name: str) -> None:
    assert codec(name) is None
    assert decode(b"abc", name) == "abc"


@given(
    st.binary(max_size=200),
    st.sampled_from(["", "utf-8", "utf-16", "utf-7", "koi8-r", "cp1251", "big5", "iso-2022-jp", "hz", "utf-32"]),
)
def test_any_bytes_become_text_that_a_database_takes(data: bytes, named: str) -> None:
    text = decode(data, named)

    assert "\0" not in text
    text.encode("utf-8")
