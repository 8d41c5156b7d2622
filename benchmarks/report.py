"""Figures as a line of JSON each, and as a table at the end."""

import json
import os
from typing import Any

HEAD = (
    *("job", "n", "p50 ms", "p95 ms", "app", "db", "CPU ms", "budget", "of it"),
    *("raw db", "ratio", "db ratio", "remarks"),
)


def line(figures: dict[str, Any]) -> str:
    return json.dumps({**figures, "load1": round(os.getloadavg()[0], 1)}, ensure_ascii=False)


def table(all_figures: list[dict[str, Any]]) -> str:
    rows = [HEAD, *(_row(each) for each in all_figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _row(each: dict[str, Any]) -> tuple[str, ...]:
    cost, raw = each.get("cpu_ms", {}), each.get("raw", {}).get("cpu_ms", {})
    values = (
        *(each["job"], each.get("n"), each.get("p50_ms"), each.get("p95_ms")),
        *(cost.get("app"), cost.get("db"), cost.get("sum")),
        *(each.get("budget_ms"), each.get("of_budget")),
        *(raw.get("db"), each.get("ratio"), each.get("db_ratio")),
        "; ".join(_remarks(each)),
    )
    return tuple("" if value is None else str(value) for value in values)


def _remarks(each: dict[str, Any]) -> list[str]:
    said = list(each.get("troubles", []))
    if held := each.get("memory_mb"):
        said.append(f"{held['sum']} MB ({held['app']} app, {held['db']} db)")
    if rate := each.get("cpu_ms_per_s"):
        said.append(f"{rate['app'] + rate['db']:.1f} ms CPU a second")
    if (more := each.get("more_memory_mb")) is not None:
        said.append(f"{more} MB more, {each['cpu_ms_per_note']} ms CPU a note")
    if seconds := each.get("seconds_per_1000"):
        said.append(f"1,000 are requests after {seconds} s")
    said += _mail_remarks(each)
    if rates := each.get("rate_by_tenths"):
        said.append(f"{each['per_second']} letters a second, first tenth {rates[0]}, last {rates[-1]}")
        said.append(f"{each['found']['messages']:,} messages, {each['app_mb_peak']} MB at most")
    if gate := each.get("gate"):
        said.append("gate held" if gate["held"] else "gate missed")
    return said


def _mail_remarks(each: dict[str, Any]) -> list[str]:
    said = [each["skipped"]] if "skipped" in each else []
    if alone := each.get("email"):
        said.append(f"{each['per_second']} messages a second filed, {each['quarantined']} in quarantine")
        said.append(f"email alone {alone['per_second']} a second on one core, {alone['cpu_ms']} ms CPU")
    if rest := each.get("at_rest"):
        said.append(f"p95 at rest {rest['p95_ms']} ms, {each['times_rest']} times that under storm")
        said.append(f"{each['until_filed']['times_rest']} times until all are filed")
        said.append(f"{each['accepted']:,} accepted in {each['accepted_s']} s")
        said.append(f"{each['filed']:,} filed after {each['filed_s']} s")
    return said


def over(all_figures: list[dict[str, Any]], limit: float) -> list[str]:
    """Jobs that cost more than `limit` times their budget, or failed."""
    words = [
        f"{each['job']}: {each['of_budget']} of its budget" for each in all_figures if each.get("of_budget", 0) > limit
    ]
    return words + [f"{each['job']}: {each['failed']} failed" for each in all_figures if each.get("failed")]
