"""Variables: unsafe values, and names that nobody reads (mostly typing mistakes)."""

import difflib
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from otklik.config.doctor import BAD, GOOD, WARNING, Finding
from otklik.config.health.safety import unsafe_settings
from otklik.core.ui.phrase import Phrase


def first_run() -> Iterator[Finding]:
    from otklik.config.settings import PUBLIC_URL
    from otklik.core.staff.first_run import setup_code

    if code := setup_code():
        remedy = f"Open {PUBLIC_URL}/setup/ and enter the code {code} (valid for a day)."
        yield Finding(WARNING, "settings", "there is no administrator yet", remedy)


def examine() -> Iterator[Finding]:
    from otklik.config.settings import PUBLIC_URL, env

    for reason in unsafe_settings():
        yield Finding(BAD, "settings", reason, Phrase(_("The server refuses to be ready until this is repaired.")))
    if PUBLIC_URL.startswith("http://") and "localhost" not in PUBLIC_URL:
        yield Finding(
            WARNING,
            "settings",
            Phrase(_("%(address)s is not encrypted"), address=PUBLIC_URL),
            Phrase(_("Put a TLS proxy in front and set OTKLIK_URL to https://…")),
        )
    for name in sorted(set(env.values) - env.asked):
        if name.startswith("OTKLIK_") and name not in OUTSIDE:
            close = difflib.get_close_matches(name, env.asked, 1)
            words = Phrase(_("%(name)s is set but nobody reads it"), name=name)
            yield Finding(WARNING, "settings", words, _hint(close))
    yield Finding(GOOD, "settings", Phrase(_("address %(address)s"), address=PUBLIC_URL))


def _hint(close: list[str]) -> Phrase:
    if close:
        return Phrase(_("Did you mean %(name)s?"), name=close[0])
    return Phrase(_("docs/operations.md lists all variables."))


# Read before the settings are, or by the start script and the tests.
OUTSIDE = {"OTKLIK_PYTHON", "OTKLIK_PG_BIN", "OTKLIK_SHARED", "OTKLIK_REQUIRE_BROWSER", "OTKLIK_TEST_CACHE"}
