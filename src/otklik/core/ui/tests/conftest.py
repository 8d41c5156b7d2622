"""A browser and the small site of tests/urls.py, served without a database."""

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, Page
from servestatic import ServeStatic

from otklik.core.ui import nav
from otklik.core.ui.storage import Storage
from otklik.core.ui.tests import urls
from tests.fixtures.live import PATIENCE

MIDDLEWARE = [
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "otklik.core.ui.tests.urls.PersonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "otklik.core.ui.middleware.ReaderMiddleware",
]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Tests have their own reports."""


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Storage:
    """Static files as the product serves them."""
    storage = Storage(location=str(tmp_path_factory.mktemp("static")), base_url="/static/")
    found = {name: (store, name) for finder in get_finders() for name, store in finder.list(None)}
    sources = {name: pair for name, pair in found.items() if name.startswith(("ui/", "django_htmx/"))}
    for name, (store, path) in sources.items():
        with store.open(path) as file:
            storage.save(name, file)
    for _, _, problem in storage.post_process(sources):
        assert not isinstance(problem, Exception), problem
    return storage


def site_settings(static: Path) -> dict[str, Any]:
    ours: dict[str, Any] = settings.TEMPLATES[0]
    options = {**ours["OPTIONS"], "context_processors": ["django.template.context_processors.request"]}
    return {
        "ROOT_URLCONF": "otklik.core.ui.tests.urls",
        "MIDDLEWARE": MIDDLEWARE,
        "ALLOWED_HOSTS": ["*"],
        "STATIC_ROOT": str(static),
        "TEMPLATES": [{**ours, "DIRS": [f"{__file__.rpartition('/')[0]}/templates"], "OPTIONS": options}],
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "otklik.core.ui.storage.Storage"},
        },
    }


@pytest.fixture(scope="module")
def site(collected: Storage) -> Iterator[str]:
    """Address of the running site."""
    folder = Path(collected.location)
    before, doors = dict(nav._entries), dict(nav._doors)
    with override_settings(**site_settings(folder)):
        nav.address.cache_clear()
        nav._entries.clear()
        urls.furnish()
        server = make_server("127.0.0.1", 0, ServeStatic(WSGIHandler(), str(folder), prefix="static/"), Server, Silent)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
    nav._entries.clear()
    nav._entries.update(before)
    nav._doors.clear()
    nav._doors.update(doors)
    nav.address.cache_clear()


@pytest.fixture(scope="session")
def chromium(browser: Browser) -> Browser:
    """The one browser of the whole run: Playwright starts only once in a thread."""
    return browser


@pytest.fixture
def desk(chromium: Browser, site: str) -> Iterator[Page]:
    """The desk, open in a Russian browser; it fails the test if the page complains about anything."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=site, reduced_motion="reduce")
    context.add_cookies([{"name": "visit", "value": urls.begin_visit(), "url": site}])
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    page.set_default_timeout(PATIENCE * 1000)
    page.goto("/desk/")
    yield page
    context.close()
    assert complaints == []
