"""Versions below which known defects were not repaired yet."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from otklik import __version__
from otklik.config.doctor import BAD, GOOD, WARNING, Finding
from otklik.config.supply import floors, lock
from otklik.core.ui.phrase import Phrase


def examine() -> Iterator[Finding]:
    python, openssl = floors.programs()
    named = ", ".join(f"{name} {found}" for name, found in floors.installed().items())
    old = floors.too_old_programs()
    for reason in old:
        yield Finding(BAD, "versions", reason, Phrase(_("The server does not start until this is repaired.")))
    for name, better in floors.advised():
        yield Finding(
            WARNING,
            "versions",
            Phrase(_("%(name)s has known defects, unless the system has repaired this number"), name=name),
            Phrase(_("Use %(version)s or newer."), version=better),
        )
    if differing := list(lock.problems(lock.installed_lock())):
        yield Finding(
            WARNING,
            "versions",
            Phrase(_("not what is locked: %(names)s"), names="; ".join(differing[:5])),
            Phrase(_("Run ./otklik again: it installs the locked versions.")),
        )
    if not old:
        yield Finding(GOOD, "versions", f"otklik {__version__}, Python {python}, OpenSSL {openssl}, {named}")
