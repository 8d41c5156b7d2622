"""`otklik token`: keys for programs that use the API."""

import argparse
from collections.abc import Callable
from typing import Any

from otklik.config.cli import DONE, WRONG, Trouble
from otklik.config.cli.session import working_database
from otklik.config.cli.user import find
from otklik.config.terminal import say, say_json, table

HELP = "issue, list and revoke API tokens"

CALLS = 20
"""The newest changes and refusals of each token that `list --json` tells."""


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    create = acts.add_parser("create", help="issue a token; standard output holds the token alone, shown only once")
    create.add_argument("--user", required=True, metavar="LOGIN", help="for whom the program acts")
    create.add_argument(
        "--scope",
        required=True,
        action="append",
        metavar="SCOPE",
        help="e.g. tickets:read; repeat or separate by commas",
    )
    create.add_argument("--name", default="", help="what it is for")
    listing = acts.add_parser(
        "list", help="issued tokens, without their secrets; with --json also what they changed last"
    )
    listing.add_argument("--json", action="store_true")
    acts.add_parser("revoke", help="end a token").add_argument("id", type=int)


def run(arguments: argparse.Namespace) -> int:
    with working_database(holder="otklik token", migrated=True):
        ACTS[arguments.act](arguments)
    return DONE


def create(arguments: argparse.Namespace) -> None:
    from otklik.core.staff.models import ApiToken

    scopes = [scope for given in arguments.scope for scope in given.replace(",", " ").split()]
    try:
        _, secret = ApiToken.objects.issue(find(arguments.user), scopes, arguments.name)
    except ValueError as trouble:
        raise Trouble(f"{trouble}", WRONG) from None
    say(secret)


def show(arguments: argparse.Namespace) -> None:
    from otklik.core.staff.models import ApiToken

    tokens = list(ApiToken.objects.select_related("user").order_by("id"))
    if arguments.json:
        say_json([describe(token) for token in tokens])
        return
    rows = [
        (
            token.pk,
            token.user.login,
            token.name,
            " ".join(token.scopes),
            f"{token.used_at:%Y-%m-%d %H:%M}" if token.used_at else "never",
            "revoked" if token.revoked_at else "",
        )
        for token in tokens
    ]
    say(table([("id", "user", "name", "scopes", "used", ""), *rows]))


def describe(token: Any) -> dict[str, object]:
    plain = {name: getattr(token, name) for name in ("id", "name", "scopes", "created_at", "revoked_at", "used_at")}
    calls = [call.described() for call in token.calls.order_by("-id")[:CALLS]]
    return {**plain, "user": token.user.login, "calls": calls}


def revoke(arguments: argparse.Namespace) -> None:
    from otklik.core.staff.models import ApiToken

    token = ApiToken.objects.filter(pk=arguments.id).first()
    if token is None:
        raise Trouble(f"There is no token {arguments.id}; `otklik token list` shows all.")
    token.revoke()
    say(f"Token {arguments.id} is revoked.")


ACTS: dict[str, Callable[[argparse.Namespace], None]] = {"create": create, "list": show, "revoke": revoke}
