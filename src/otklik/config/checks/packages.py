"""Debian packages that some tests need: named, installed when that is harmless and allowed, else said loudly."""

import os
import shutil
import subprocess
from dataclasses import dataclass

from otklik.config.terminal import Progress, say


@dataclass(frozen=True)
class Package:
    """`program` shows that it is there; `quiet` ones start no service and may be installed without being asked."""

    name: str
    program: str
    without: str
    quiet: bool = True


PACKAGES = (
    Package("chromium", "chromium", "browser tests are skipped"),
    Package("chromium-headless-shell", "chromium-headless-shell", "browser tests draw whole windows and take longer"),
    Package("gettext", "xgettext", "the check of translations is skipped"),
    Package("swaks", "swaks", "tests with real mail servers are skipped"),
    Package("dovecot-imapd", "dovecot", "tests with real mail servers are skipped", quiet=False),
    Package("dovecot-lmtpd", "lmtp", "tests with real mail servers are skipped", quiet=False),
    Package("postfix", "postfix", "tests with real mail servers are skipped", quiet=False),
)


def missing() -> list[Package]:
    return [package for package in PACKAGES if not _found(package.program)]


def provide(*, everything: bool) -> None:
    """Install what is missing as root on Debian; say what will be skipped otherwise."""
    wanted = [package for package in missing() if package.quiet or everything]
    if wanted and _may_install():
        names = [package.name for package in wanted]
        with Progress().step(f"Installing {', '.join(names)} (Debian packages)"):
            _install(names)
    for package in missing():
        say(f"  NOTE: {package.name} is not installed: {package.without}. (apt-get install {package.name})")


def _found(program: str) -> bool:
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin:/usr/lib/dovecot") is not None


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(names: list[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def done(*words: str) -> bool:
        return subprocess.run(["apt-get", *words], env=quiet, capture_output=True).returncode == 0

    install = ("install", "-y", "-qq", "--no-install-recommends")
    if done(*install, *names):
        return
    done("update", "-qq")
    if not done(*install, *names):
        for name in names:  # one of them may be unknown to this system
            done(*install, name)
