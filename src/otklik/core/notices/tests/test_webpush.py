"""The standards' own example: RFC 8291, appendix A."""

import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from otklik.core.notices import webpush

TEXT = b"When I grow up, I want to be a watermelon"
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
    "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out_byte_by_byte() -> None:
    told = webpush.encrypted(TEXT, BROWSER, SECRET, key=webpush.read_key(SENDER), salt=webpush.decoded(SALT))

    assert webpush.coded(told) == BODY


def test_each_message_has_its_own_key_and_salt_and_fits_one_record() -> None:
    assert webpush.encrypted(TEXT, BROWSER, SECRET) != webpush.encrypted(TEXT, BROWSER, SECRET)
    assert len(webpush.encrypted(b"x" * webpush.LONGEST, BROWSER, SECRET)) == webpush.RECORD + 86
    with pytest.raises(ValueError, match="one record"):
        webpush.encrypted(b"x" * (webpush.LONGEST + 1), BROWSER, SECRET)


def test_the_signature_says_to_whom_until_when_and_verifies() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    line = webpush.signature(key, "https://push.example:8443/a/b", "mailto:desk@example.org", 1_000)

    token, public = line.removeprefix("vapid t=").split(", k=")
    head, claims, signed = token.split(".")
    assert json.loads(webpush.decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    told = json.loads(webpush.decoded(claims))
    assert told == {"aud": "https://push.example:8443", "exp": 1_000 + 12 * 3600, "sub": "mailto:desk@example.org"}
    r, s = webpush.decoded(signed)[:32], webpush.decoded(signed)[32:]
    raw = encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
    webpush.point(public).verify(raw, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


def test_a_key_is_read_as_it_was_written() -> None:
    key = ec.generate_private_key(ec.SECP256R1())

    assert webpush.public(webpush.read_key(webpush.written(key))) == webpush.public(key)
