"""`otklik mail`: bring mail in from files, look after what could not be read, measure how well mail is read."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from otklik.config.cli import DONE, FAILED, WRONG, Trouble
from otklik.config.cli.session import working_database
from otklik.config.terminal import say, say_json, table

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from otklik.desk.channels.models import Inbound

TARGET = 0.98  # of every corpus
HELP = "import mail from files; see, release and read again what is in quarantine; measure the reading"


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    bring = acts.add_parser(
        "import",
        help="take in an .eml file, a folder of them, an mbox or a Maildir; repeatable without doubling",
    )
    bring.add_argument("path", type=Path)
    bring.add_argument(
        "--channel", default="", metavar="ADDRESS", help="the mailbox they belong to (default: the first)"
    )
    bring.add_argument("--acknowledge", action="store_true", help="send the senders the usual receipt")
    bring.add_argument("--json", action="store_true", help="print the counts as JSON")
    kept = acts.add_parser("quarantine", help="messages that could not be read: list, show ID, release ID|all")
    kept.add_argument("what", nargs="?", default="list", choices=("list", "show", "release"))
    kept.add_argument("id", nargs="?", default="", metavar="ID|all")
    kept.add_argument("--json", action="store_true")
    again = acts.add_parser("reprocess", help="release messages from quarantine and read them now")
    again.add_argument("id", nargs="?", default="all", metavar="ID|all")
    again.add_argument("--json", action="store_true")
    corpus = acts.add_parser("corpus", help="how well sample mail with known expectations is read; needs no database")
    corpus.add_argument("path", type=Path, help="the folder with the mails")
    corpus.add_argument(
        "--expected", type=Path, metavar="INDEX", help="JSON lines (default: index.jsonl of the folder)"
    )
    corpus.add_argument(
        "--contested", type=Path, metavar="FILE", help="JSON lines: expectations that a sample contradicts"
    )
    corpus.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    if arguments.act == "import" and not arguments.path.exists():
        raise Trouble(f"There is no {arguments.path}.", WRONG)
    if arguments.act == "corpus":
        return measure(arguments)
    with working_database(holder=f"otklik mail {arguments.act}", migrated=True):
        return ACTS[arguments.act](arguments)


def measure(arguments: argparse.Namespace) -> int:
    """Right fields by kind and corpus, and every miss; fails where a corpus is below the target."""
    from otklik.adapters.email.parse.corpus import contested_in, score

    index = arguments.expected or arguments.path / "index.jsonl"
    for file in filter(None, (index, arguments.contested)):
        if not file.is_file():
            raise Trouble(f"There is no {file}.", WRONG)
    result = score(index, arguments.path, contested_in(arguments.contested) if arguments.contested else None)
    if arguments.json:
        say_json(result)
    else:
        tell_score(result)
    return DONE if all(one["share"] is None or one["share"] >= TARGET for one in result["corpora"].values()) else FAILED


def tell_score(result: dict[str, Any]) -> None:
    for what in ("kinds", "corpora"):
        rows = [(name, one["right"], one["fields"], _percent(one["share"])) for name, one in result[what].items()]
        say(table([(what, "right", "of", ""), *rows]))
        say("")
    for miss in result["misses"]:
        why = f" ({miss['contested']})" if miss["contested"] else ""
        say(f"{miss['file']} {miss['field']}: expected {miss['expected']}, read {str(miss['got'])[:100]}{why}")
    for one in result["contested_in_vain"]:
        say(f"contested, but read as expected: {one}")
    say(f"{result['right']} of {result['fields']} fields are right ({_percent(result['share'])}).")


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def bring(arguments: argparse.Namespace) -> int:
    from otklik.adapters.email.importer import NoChannel, import_path

    try:
        report = import_path(
            arguments.path,
            channel=arguments.channel,
            acknowledge=arguments.acknowledge,
            progress=show_progress,
        )
    except NoChannel as missing:
        words = (
            f"There is no mailbox {missing}."
            if str(missing)
            else "There is no mailbox yet: add one in the settings, or load the demo."
        )
        raise Trouble(words, WRONG) from None
    counts = report.as_dict()
    if arguments.json:
        say_json(counts)
    else:
        tell(counts)
    return FAILED if report.unreadable or report.waiting else DONE


def show_progress(done: int, total: int | None) -> None:
    """Called for every message; a line that renews itself at a terminal, a line per hundred elsewhere."""
    ended = done == total
    if sys.stderr.isatty():
        print(f"\r  {done} of {total or '?'} messages", end="\n" if ended else "", file=sys.stderr, flush=True)
    elif done % 100 == 0 or ended:
        print(f"  {done} of {total or '?'} messages", file=sys.stderr, flush=True)


def tell(counts: dict[str, Any]) -> None:
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(counts["automatic_kinds"].items()))
    for name, value in counts.items():
        if isinstance(value, int):
            more = f" ({kinds})" if name == "automatic" and kinds else ""
            say(f"{name.replace('_', ' '):18} {value}{more}")
    for each in counts["quarantine"]:
        say(f"  in quarantine {each['id']}: {each['file']}: {each['reason']}")
    for each in counts["unreadable"]:
        say(f"  unreadable: {each['file']}: {each['reason']}")


def quarantine(arguments: argparse.Namespace) -> int:
    if arguments.what == "release":
        return release(arguments)
    if arguments.what == "show":
        return show(arguments)
    rows = [_row(inbound) for inbound in _quarantined("all")]
    if arguments.json:
        say_json(rows)
    else:
        say(table([("id", "received", "bytes", "source", "reason"), *(_cells(row) for row in rows)]))
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """The raw message on standard output."""
    inbound = _quarantined(arguments.id or "?").get()
    if arguments.json:
        say_json(_row(inbound))
        return DONE
    print(inbound.reason, file=sys.stderr)
    sys.stdout.buffer.write(bytes(inbound.raw))
    sys.stdout.buffer.flush()
    return DONE


def release(arguments: argparse.Namespace) -> int:
    """The workers read them; without a running worker `reprocess` does it at once."""
    from otklik.desk.channels import wake

    released = _release(_quarantined(arguments.id or "?"))
    wake.reader()
    say_json({"released": released}) if arguments.json else say(f"released: {len(released)}")
    return DONE


def reprocess(arguments: argparse.Namespace) -> int:
    from otklik.desk.channels import inbox
    from otklik.desk.channels.models import Inbound

    ids = _release(_quarantined(arguments.id))
    inbox.work_all()
    kept = list(Inbound.objects.quarantined().filter(pk__in=ids).values_list("pk", flat=True))
    result = {
        "released": len(ids),
        "read": Inbound.objects.filter(pk__in=ids, state="read").count(),
        "quarantined": kept,
    }
    if arguments.json:
        say_json(result)
    else:
        say(f"released: {result['released']}, read: {result['read']}, in quarantine again: {len(kept)}")
    return DONE


def _release(messages: "Iterable[Inbound]") -> list[int]:
    ids = []
    for inbound in messages:
        inbound.release()
        ids.append(inbound.pk)
    return ids


def _quarantined(chosen: str) -> "QuerySet[Inbound]":
    from otklik.desk.channels.models import Inbound

    kept = Inbound.objects.quarantined().order_by("id")
    if chosen == "all":
        return kept.defer("raw")
    if not chosen.isdigit():
        raise Trouble("Say which message: its number, or all.", WRONG)
    found = kept.filter(pk=int(chosen))
    if not found.exists():
        raise Trouble(f"There is no message {chosen} in quarantine; `otklik mail quarantine` lists all.", WRONG)
    return found


def _row(inbound: "Inbound") -> dict[str, Any]:
    names = ("received_at", "size", "source", "external_id", "envelope_from", "tries", "reason")
    return {"id": inbound.pk, **{name: getattr(inbound, name) for name in names}}


def _cells(row: dict[str, Any]) -> tuple[object, ...]:
    return row["id"], f"{row['received_at']:%Y-%m-%d %H:%M}", row["size"], row["source"], row["reason"][:100]


ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "import": bring,
    "quarantine": quarantine,
    "reprocess": reprocess,
}
