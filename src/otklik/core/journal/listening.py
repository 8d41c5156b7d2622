"""Hearing what the database tells by NOTIFY, in the loop of a process: connections of their own, beside Django's."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

import psycopg
from django.db import connection

ADDRESS = (
    *("dbname", "user", "password", "host", "port"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout"),
)


async def connected() -> psycopg.AsyncConnection:
    """Where Django's connections lead, without what is set for pages; the caller closes it."""
    params = connection.get_connection_params()
    return await psycopg.AsyncConnection.connect(
        **{name: value for name, value in params.items() if name in ADDRESS}, autocommit=True
    )


async def until_one_ends(*work: Coroutine[Any, Any, object]) -> None:
    """All at once; when one ends the others are cancelled, and what it raised is raised."""
    tasks = [asyncio.create_task(one) for one in work]
    done, late = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in late:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    for task in done:
        task.result()
