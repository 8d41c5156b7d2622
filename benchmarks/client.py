"""A closed-loop client: so many at a time, one request after the other, with the time of each."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

import aiohttp

from benchmarks.cost import Tree


@dataclass
class Run:
    """What a job cost; `ms` are the times of single requests."""

    ms: list[float] = field(default_factory=list)
    wall: float = 0.0
    app: float = 0.0
    db: float = 0.0
    failed: list[str] = field(default_factory=list)

    def at(self, share: float) -> float:
        ordered = sorted(self.ms)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1) if ordered else 0.0

    @property
    def app_ms(self) -> float:
        """CPU for each request."""
        return 1000 * self.app / max(1, len(self.ms))

    @property
    def db_ms(self) -> float:
        return 1000 * self.db / max(1, len(self.ms))


async def drive[T](tree: Tree, work: Sequence[T], one: Callable[[T], Awaitable[str]], *, at_once: int = 4) -> Run:
    """Do `one` for every piece of work; it returns "" or what was wrong."""
    run, left = Run(), iter(work)

    async def worker() -> None:
        for piece in left:
            began = time.perf_counter()
            trouble = await one(piece)
            run.ms.append(1000 * (time.perf_counter() - began))
            if trouble:
                run.failed.append(trouble)

    before, began = tree.seconds(), time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(at_once)))
    run.wall, used = time.perf_counter() - began, tree.seconds() - before
    run.app, run.db = used.app, used.db
    return run


class Browser:
    """An agent who signed in; keeps cookies, sends what a page of ours would send."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            timeout=aiohttp.ClientTimeout(total=120),
        )

    async def sign_in(self, login: str, password: str) -> None:
        form = Form.of(await self.text("/sign-in/"), "/sign-in/")
        words = {**dict(form.fields), "login": login, "password": password}
        async with self.session.post(f"{self.url}/sign-in/", data=words, allow_redirects=False) as answer:
            if answer.status != 302:
                raise SystemExit(f"{login} cannot sign in: {answer.status}")

    async def text(self, path: str) -> str:
        async with self.session.get(self.url + path) as answer:
            return await answer.text()

    async def get(self, path: str, wanted: bytes = b"</html>", **headers: str) -> str:
        """ "" when the page came and holds what is wanted."""
        async with self.session.get(self.url + path, headers=headers, allow_redirects=False) as answer:
            body = await answer.read()
            return "" if answer.status == 200 and wanted in body else f"{path}: {answer.status}, {len(body)} bytes"

    async def post(self, path: str, fields: list[tuple[str, str]]) -> tuple[int, Mapping[str, str]]:
        data = aiohttp.FormData(fields)
        async with self.session.post(self.url + path, data=data, headers={"HX-Request": "true"}) as answer:
            await answer.read()
            return answer.status, answer.headers

    async def close(self) -> None:
        await self.session.close()


class Form(HTMLParser):
    """The fields of one form of a page as a browser would send them, without its buttons.

    A form without an address is named by "".
    """

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.fields: list[tuple[str, str]] = []
        self.choosing = self.writing = ""

    @classmethod
    def of(cls, page: str, action: str) -> "Form":
        form = cls(action)
        form.feed(page)
        return form

    @classmethod
    def alone(cls, page: str, action: str) -> "Form":
        """The same, read from where the form begins: a whole page takes so long that others wait for their answers."""
        begins = page.rfind("<form", 0, page.index(f' action="{action}"'))
        return cls.of(page[begins : page.index("</form>", begins)], action)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.inside = given.get("action", "") == self.action
        elif not self.inside:
            return
        elif tag == "option" and self.choosing:
            self._choose(given)
        elif tag == "select":
            self.choosing = name
        elif name and tag == "textarea":
            self.writing = name
            self.fields.append((name, ""))
        elif name and tag == "input":
            self._input(name, given)

    def _input(self, name: str, given: dict[str, str]) -> None:
        if given.get("type") in ("radio", "checkbox") and "checked" not in given:
            return
        self.fields.append((name, given.get("value", "on" if given.get("type") == "checkbox" else "")))

    def _choose(self, given: dict[str, str]) -> None:
        """The first option, unless another one is marked."""
        known = self.fields and self.fields[-1][0] == self.choosing
        if known and "selected" not in given:
            return
        if known:
            self.fields.pop()
        self.fields.append((self.choosing, given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.writing:
            self.fields[-1] = (self.writing, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.choosing = ""
        elif tag == "textarea":
            self.writing = ""

    def filled(self, **values: str) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.fields if name not in values] + list(values.items())
