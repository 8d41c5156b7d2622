"""A token of a form is another one in each page, and Django finds the secret in it."""

from collections import Counter

from django.middleware import csrf
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as some

from otklik.core.ui.quick import masking

SECRETS = some.text(csrf.CSRF_ALLOWED_CHARS, min_size=csrf.CSRF_SECRET_LENGTH, max_size=csrf.CSRF_SECRET_LENGTH)


@given(SECRETS)
def test_django_reads_back_what_was_masked(secret: str) -> None:
    token = masking.masked(secret)

    assert len(token) == csrf.CSRF_TOKEN_LENGTH and csrf._unmask_cipher_token(token) == secret  # type: ignore[attr-defined]
    assert masking.masked(secret) != token


def test_the_pages_use_it_and_a_form_with_it_is_let_in() -> None:
    assert csrf._mask_cipher_secret is masking.masked  # type: ignore[attr-defined]
    request = RequestFactory().post("/")
    request.META["CSRF_COOKIE"] = secret = masking.drawn()
    token = csrf.get_token(request)

    assert csrf._does_token_match(token, secret) and not csrf._does_token_match(token, masking.drawn())  # type: ignore[attr-defined]


def test_every_sign_is_as_likely_as_the_others() -> None:
    counted = Counter("".join(masking.drawn() for _ in range(4000)))

    expected = 4000 * csrf.CSRF_SECRET_LENGTH / len(masking.SIGNS)
    assert set(counted) == set(masking.SIGNS)
    assert all(0.8 * expected < many < 1.2 * expected for many in counted.values())  # nine standard deviations
