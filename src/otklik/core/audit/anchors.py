"""The head of the chain outside the database: a line an hour in a file of the data folder, and in the log."""

import logging
import os
from pathlib import Path

from django.conf import settings

from otklik.core.audit.chain import Head, head
from otklik.core.journal import clock

logger = logging.getLogger(__name__)


def place() -> Path:
    return Path(settings.DATA_DIR) / "audit.heads"


def write_down() -> Head:
    """Nothing new, nothing written."""
    now = head()
    noted = written()
    if now.number and (not noted or noted[-1] != now):
        with os.fdopen(os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            file.write(f"{clock.now():%Y-%m-%dT%H:%M:%SZ} {now}\n")
        logger.info("head of the audit trail: %s", now)
    return now


def written() -> list[Head]:
    try:
        lines = place().read_text().splitlines()
    except FileNotFoundError:
        return []
    return [parsed(line.split()[-1]) for line in lines if line.strip()]


def parsed(words: str) -> Head:
    """Raises ValueError for what is no head."""
    number, _, mac = words.partition(":")
    if len(mac) != 64:
        raise ValueError(words)
    return Head(int(number), mac)
