"""`otklik user`: people of the staff, where no screen can be reached."""

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import Any

from otklik.config.cli import DONE, Trouble
from otklik.config.cli.session import working_database
from otklik.config.terminal import say, say_json, table

HELP = "add, list, deactivate people and set passwords"


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    add = acts.add_parser("add", help="add a person; the password is asked for, or read from standard input")
    add.add_argument("login")
    add.add_argument("--name", default="", help="name to be shown")
    add.add_argument("--email", default="")
    add.add_argument("--role", default="agent", help="agent, lead, head, quality or admin (agent)")
    listing = acts.add_parser("list", help="who works here")
    listing.add_argument("--json", action="store_true")
    for act, words in (
        ("password", "set a new password; ends all sessions"),
        ("deactivate", "the person leaves: no sign-in, no tokens"),
        ("activate", "the person is back"),
    ):
        acts.add_parser(act, help=words).add_argument("login")


def run(arguments: argparse.Namespace) -> int:
    with working_database(holder="otklik user", migrated=True):
        ACTS[arguments.act](arguments)
    return DONE


def add(arguments: argparse.Namespace) -> None:
    from django.db import IntegrityError

    from otklik.core.staff.models import Role, User

    if arguments.role not in Role.values:
        raise Trouble(f"No role {arguments.role!r}; there are {', '.join(Role.values)}.", 2)
    person = User(login=arguments.login.lower(), email=arguments.email, name=arguments.name or arguments.login)
    password = ask_password(person)
    try:
        User.objects.create_user(person.login, arguments.email, password, name=person.name, role=arguments.role)
    except IntegrityError:
        raise Trouble(f"There already is a person with the login {person.login!r} or this address.") from None
    say(f"{person.login} was added as {arguments.role}.")


def show(arguments: argparse.Namespace) -> None:
    from otklik.core.staff.models import User

    people = list(User.objects.order_by("login").values("login", "name", "email", "role", "is_active"))
    if arguments.json:
        say_json(people)
        return
    rows = [(each["login"], each["name"], each["role"], "" if each["is_active"] else "left") for each in people]
    say(table([("login", "name", "role", ""), *rows]))


def password(arguments: argparse.Namespace) -> None:
    person = find(arguments.login)
    person.take_password(ask_password(person), how="console")
    say(f"{person.login} has a new password.")


def deactivate(arguments: argparse.Namespace) -> None:
    from otklik.core.staff.errors import NotAllowed

    person = find(arguments.login)
    try:
        person.deactivate()
    except NotAllowed as refusal:
        raise Trouble(refusal.text) from None
    say(f"{person.login} cannot sign in any more; sessions and tokens are closed.")


def activate(arguments: argparse.Namespace) -> None:
    person = find(arguments.login)
    person.reactivate(by=None)
    say(f"{person.login} works here again.")


def find(login: str) -> Any:
    from otklik.core.staff.models import User

    person = User.objects.by_sign_in_name(login)
    if person is None:
        raise Trouble(f"There is no person with the login {login!r}; `otklik user list` names all.")
    return person


def ask_password(person: Any) -> str:
    """From the terminal, twice, or one line of standard input. Raises Trouble for a weak one."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import translation

    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if sys.stdin.isatty() and getpass.getpass("Again: ") != typed:
        raise Trouble("The two passwords differ.")
    try:
        with translation.override("en"):
            validate_password(typed, person)
    except ValidationError as trouble:
        raise Trouble(" ".join(trouble.messages)) from None
    return typed


ACTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "add": add,
    "list": show,
    "password": password,
    "deactivate": deactivate,
    "activate": activate,
}
