"""Authentication-Results: only the word of the one border that we trust, and only its topmost one."""

import pytest

from otklik.adapters.email.authentication import Came, judge
from otklik.adapters.email.authentication.border import is_border, results_of, without_comments
from otklik.adapters.email.tests.conftest import mail

BORDER = "mx.desk.example"
PAVEL = "pavel@volga.example"


def passed(*values: str) -> bytes:
    """A letter of Pavel's with these Authentication-Results, the topmost first."""
    head = "".join(f"Authentication-Results: {value}\r\n" for value in values)
    return head.encode() + mail(From=PAVEL).replace(b"\n", b"\r\n")


def judged(*values: str) -> str:
    return judge(passed(*values), PAVEL, Came(), BORDER).authenticity


@pytest.mark.parametrize(
    "word",
    [
        "mx.desk.example; dmarc=pass header.from=volga.example",
        "mx.desk.example 1; dmarc=pass (p=reject; dis=none) header.from=volga.example",
        "MX.Desk.Example; DMARC=PASS (a (nested; dmarc=fail) comment) header.from=Volga.Example",
        "mx.desk.example;\r\n\tdkim=fail header.d=other.example;\r\n\tdmarc=pass header.from=volga.example",
        "mx.desk.example; dkim=pass header.d=volga.example header.s=a header.b=abc",
        'mx.desk.example; dkim=pass reason="good; dkim=fail" header.i=@mail.volga.example',
        "mx.desk.example; spf=pass smtp.mailfrom=bounce@volga.example; dkim=none",
        "mx.desk.example; spf=pass smtp.mailfrom=volga.example; dmarc=none header.from=volga.example",
        'mx.desk.example; dkim=pass header.d="volga.example"',
    ],
)
def test_the_borders_word_verifies(word: str) -> None:
    assert judged(word) == "verified"


@pytest.mark.parametrize(
    "word",
    [
        "mx.desk.example; dmarc=fail (p=none dis=none) header.from=volga.example",
        "mx.desk.example; spf=pass smtp.mailfrom=me@thief.example; dmarc=fail header.from=volga.example",
        "mx.desk.example; spf=fail smtp.mailfrom=pavel@volga.example; dkim=none",
    ],
)
def test_the_borders_word_condemns(word: str) -> None:
    assert judged(word) == "failed"


@pytest.mark.parametrize(
    "word",
    [
        "mx.desk.example; none",
        "mx.desk.example; dkim=pass header.d=thief.example",
        "mx.desk.example; spf=pass smtp.mailfrom=me@thief.example",
        "mx.desk.example; dmarc=pass header.from=thief.example",
        "mx.desk.example; dmarc=temperror header.from=volga.example",
        "mx.desk.example; (dmarc=pass header.from=volga.example)",
        'mx.desk.example; auth=pass reason="; dmarc=pass header.from=volga.example"',
        "mx.desk.example; dkim=pass header.d=",
        "mx.desk.example;;;=;dkim",
        "mx.desk.example; dkim=pass (header.d=volga.example",
    ],
)
def test_a_word_that_says_nothing_about_the_sender_leaves_us_in_doubt(word: str) -> None:
    assert judged(word) == "unknown"


@pytest.mark.parametrize(
    "envelope",
    [
        '"a@volga.example"@thief.example',
        r'"x\" smtp.mailfrom=a@volga.example \""@thief.example',
        r'"x\"; dmarc=pass header.from=volga.example; \""@thief.example',
        '"x; dmarc=pass header.from=volga.example"@thief.example',
    ],
)
def test_what_a_thief_writes_before_the_at_sign_is_no_word_of_the_border(envelope: str) -> None:
    """The border repeats the envelope, which is the thief's; SPF is right for the thief's domain."""
    assert judged(f"mx.desk.example; spf=pass smtp.mailfrom={envelope}; dkim=none") == "unknown"


def test_a_forged_word_below_that_of_the_border_is_not_read() -> None:
    forged = "mx.desk.example; dmarc=pass header.from=volga.example"

    assert judged("mx.desk.example; dmarc=fail header.from=volga.example", forged) == "failed"
    assert judged("mx.desk.example; none", forged) == "unknown"


@pytest.mark.parametrize(
    "name",
    [
        *("mx.thief.example", "mx.desk.example.thief.example", "xmx.desk.example"),
        *("mx.desk.example\x00", "(mx.desk.example)"),
    ],
)
def test_the_word_of_anybody_else_counts_for_nothing(name: str) -> None:
    assert results_of(passed(f"{name}; dmarc=pass header.from=volga.example"), BORDER) is None


def test_a_word_in_the_text_is_no_header() -> None:
    raw = mail("Authentication-Results: mx.desk.example; dmarc=pass", From=PAVEL)

    assert results_of(raw, BORDER) is None and judge(raw, PAVEL, Came(), BORDER).authenticity == "unknown"


def test_a_border_of_many_servers() -> None:
    assert is_border("mxback7.mail.desk.example", "*.mail.desk.example")
    assert not is_border("mail.desk.example", "*.mail.desk.example")
    assert not is_border("evilmail.desk.example", "*.mail.desk.example")


def test_without_a_border_nobody_is_believed() -> None:
    raw = passed("mx.desk.example; dmarc=pass header.from=volga.example")

    assert judge(raw, PAVEL, Came()).authenticity == "unknown"


def test_a_sender_that_is_nobody_is_not_verified_by_anybody() -> None:
    raw = passed("mx.desk.example; dmarc=pass header.from=volga.example")

    assert judge(raw, None, Came(), BORDER).authenticity == "unknown"


@pytest.mark.parametrize(
    "bomb", ["(" * 16_000, '"' * 15_999, ";" * 16_000, "\\" * 16_000, "a=b " * 4_000, " . = " * 3_000]
)
def test_PARSE_1_no_word_is_too_long_to_be_read(bomb: str) -> None:
    assert judged(f"mx.desk.example; x=y {bomb}") == "unknown"


def test_comments_nest_and_quotes_hold() -> None:
    assert without_comments("a(b(c)d)e").split() == ["a", "e"]
    assert without_comments('"(a)"') == '"(a)"'
