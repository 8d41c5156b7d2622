"""`otklik audit`: is the audit trail as it was written?"""

import argparse

from otklik.config.cli import DONE, FAILED, WRONG, Trouble
from otklik.config.cli.session import working_database
from otklik.config.terminal import say, say_json

HELP = "prove the audit trail, print the head of its chain"
EPILOG = "`verify` ends with exit code 1 when a line was changed, removed or slipped in."


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    verify = acts.add_parser("verify", help="check every link, and the heads that were written down")
    verify.add_argument(
        "--head", action="append", default=[], metavar="NUMBER:MAC", help="a head kept elsewhere; may be repeated"
    )
    head = acts.add_parser("head", help="seal what is new and print the head: keep it where this machine cannot reach")
    for each in (verify, head):
        each.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    with working_database(holder="otklik audit", migrated=True):
        return verify(arguments) if arguments.act == "verify" else show(arguments)


def show(arguments: argparse.Namespace) -> int:
    from otklik.core.audit import anchors, chain

    chain.seal(everything=True)
    head = anchors.write_down()
    if arguments.json:
        say_json({"number": head.number, "mac": head.mac})
    else:
        say(str(head))
    return DONE


def verify(arguments: argparse.Namespace) -> int:
    from otklik.core.audit import anchors, chain

    try:
        given = [anchors.parsed(words) for words in arguments.head]
    except ValueError as trouble:
        raise Trouble(f"{trouble} is no head; it looks like 1234:5f2c…", WRONG) from None
    faults = list(chain.verify([*anchors.written(), *given]))
    head = chain.head()
    if arguments.json:
        say_json({"head": str(head), "faults": [{"number": one.number, "what": one.what} for one in faults]})
    else:
        for one in faults:
            say(f"BAD  {one.number}: {one.what}")
        say(f"{head.number} links, head {head}" if not faults else f"{len(faults)} faults; head {head}")
    return FAILED if faults else DONE
