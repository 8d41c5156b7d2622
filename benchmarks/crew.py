"""Many people of the first line who are signed in: a desk is worked on by a crew, not by one person in fifty windows.

What one person does falls on one session, one list of what was seen and one set of kept parts; a crew has its own each.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from benchmarks.client import Browser
from benchmarks.product import Product, password_of

KNOWN = "marina"
"""Whose password all of them get."""
LET_IN = """
WITH known AS (SELECT id, password FROM staff_user WHERE login = %s),
line AS (SELECT team_id FROM staff_membership JOIN known ON user_id = known.id)
UPDATE staff_user u SET password = known.password FROM known
WHERE u.login LIKE 'agent-%%' AND u.id IN (SELECT user_id FROM staff_membership JOIN line USING (team_id))
RETURNING login
"""
"""Her colleagues of the same line, whatever a history numbers them by."""
AT_ONCE = 4


@asynccontextmanager
async def crew(product: Product, database: psycopg.Connection, many: int) -> AsyncIterator[list[Browser]]:
    """As many as there are, at most `many`; the history has forty-two."""
    logins = sorted(login for (login,) in database.execute(LET_IN, [KNOWN]).fetchall())[:many]
    if not logins:
        raise SystemExit("Nobody of the first line can be signed in: this history has no colleagues there.")
    password, door = password_of(product.folder, KNOWN), asyncio.Semaphore(AT_ONCE)
    browsers = [Browser(product.url) for _login in logins]

    async def come(browser: Browser, login: str) -> None:
        async with door:
            await browser.sign_in(login, password)

    try:
        await asyncio.gather(*(come(*pair) for pair in zip(browsers, logins, strict=True)))
        yield browsers
    finally:
        for browser in browsers:
            await browser.close()
