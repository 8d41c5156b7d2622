"""How the desk is called: once, patiently, page by page."""

import json
import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import Any, BinaryIO
from urllib.parse import quote, urlencode, urljoin, urlsplit
from uuid import uuid4

from otklik_client.problems import Cut, Problem, Unanswered, problem_of

AGAIN = (429, 503)
NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')


@dataclass(frozen=True)
class Read[T]:
    """What was read, and the tag that names exactly this state of it."""

    value: T
    tag: str


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    head: Mapping[str, str]

    def told(self) -> Any:
        return json.loads(self.body) if self.body else None


def _head(lines: Message) -> dict[str, str]:
    """By their names in title case: lines of a head are the same in any case."""
    return {"ETag" if name.lower() == "etag" else name.title(): value for name, value in lines.items()}


def _copy(response: Any, into: BinaryIO) -> None:
    """Raises Cut where it ends too soon: what is written cannot be taken back, so it is not tried again."""
    try:
        shutil.copyfileobj(response, into)
    except (OSError, HTTPException) as error:
        raise Cut(str(error)) from error


class _SamePlace(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another place: it is an answer like any other."""

    def redirect_request(self, *_rest: Any, **_named: Any) -> None:
        return None


class Calls:
    """The desk at an address: anything of its schema, by its path."""

    def __init__(
        self,
        address: str,
        token: str,
        *,
        tries: int = 4,
        timeout: float = 30.0,
        longest_wait: float = 60.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address = address.rstrip("/")
        self._token, self._tries, self._timeout = token, tries, timeout
        self._longest, self._sleep = longest_wait, sleep
        self._opener = urllib.request.build_opener(_SamePlace)

    def read(self, path: str, **query: Any) -> Read[Any]:
        answer = self.call("GET", path, query=query)
        return Read(answer.told(), answer.head.get("ETag", ""))

    def each(self, path: str, **query: Any) -> Iterator[Any]:
        """The rows of any list, over all its pages."""
        answer = self.call("GET", path, query=query)
        while True:
            told = answer.told()
            yield from told["items"] if isinstance(told, dict) else told
            following = NEXT.search(answer.head.get("Link", ""))
            if following is None:
                return
            answer = self.call("GET", following[1])

    def change(
        self, path: str, body: Mapping[str, Any] | None = None, *, method: str = "POST", tag: str = "", key: str = ""
    ) -> Any:
        """Done once, however often it has to be sent."""
        head = {"Idempotency-Key": key or str(uuid4())} | ({"If-Match": tag} if tag else {})
        return self.call(method, path, body=body or {}, head=head).told()

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        data: bytes | None = None,
        head: Mapping[str, str] | None = None,
    ) -> Answer:
        """One call, repeated while the desk asks for patience; `data` is sent as it is, with its media type in `head`.

        Raises Problem and Unanswered.
        """
        request = self._request(method, path, query or {}, body, head or {})
        if data is not None:
            request.data = data
        return self._patiently(lambda: self._once(request))

    def _patiently(self, once: Callable[[], Answer]) -> Answer:
        for attempt in range(1, self._tries + 1):
            try:
                return once()
            except Problem as problem:
                if problem.status not in AGAIN or attempt == self._tries or problem.wait > self._longest:
                    raise
                self._sleep(problem.wait or 2.0**attempt)
            except Unanswered:
                if attempt == self._tries:
                    raise
                self._sleep(2.0**attempt)
        raise Unanswered("tries is to be 1 or more")

    def _request(
        self, method: str, path: str, query: Mapping[str, Any], body: Mapping[str, Any] | None, head: Mapping[str, str]
    ) -> urllib.request.Request:
        url = urljoin(f"{self.address}/api/v1/", path if path.startswith("/") else quote(path))
        if urlsplit(url)[:2] != urlsplit(self.address)[:2]:
            raise ValueError(f"not an address of this desk: {path}")
        told = {name: value for name, value in query.items() if value not in ("", None)}
        data = None if body is None else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self._token}", "Accept": "application/json", **head}
        if data is not None:
            sent["Content-Type"] = "application/json"
        return urllib.request.Request(f"{url}?{urlencode(told)}" if told else url, data, sent, method=method)  # noqa: S310

    def _once(self, request: urllib.request.Request, into: BinaryIO | None = None) -> Answer:
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                if into is None:
                    return Answer(response.status, response.read(), _head(response.headers))
                _copy(response, into)
                return Answer(response.status, b"", _head(response.headers))
        except urllib.error.HTTPError as error:
            with error:
                raise problem_of(error.code, error.read(), _head(error.headers)) from None
        except (OSError, HTTPException) as error:
            raise Unanswered(str(error)) from error
