"""Style sheets, scripts and pictures: collected under names with a hash, compressed, served without Django."""

from typing import Any

from otklik.config.headers import on_static
from otklik.config.web.bridge import Receive, Scope, Send


class StaticFiles:
    """Answers a request for a known file; says False for everything else."""

    def __init__(self, source: Any) -> None:
        self.source = source

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> bool:
        from servestatic.asgi import FileServerASGI

        found = self.source.find(scope["path"])
        if found is None:
            return False
        await FileServerASGI(found)(scope, receive, send)
        return True


def static_files() -> StaticFiles:
    return StaticFiles(_Collected())


class _Collected:
    """servestatic's knowledge about the files, without its place among Django's middleware.

    With collected files (the normal case) the manifest is read once; with OTKLIK_DEBUG, and in tests, files are
    looked up where the apps keep them at every request.
    """

    def __init__(self) -> None:
        from django.conf import settings
        from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
        from servestatic.middleware import ServeStaticMiddleware

        collected = isinstance(staticfiles_storage, ManifestStaticFilesStorage)
        self.prefix = settings.STATIC_URL
        self.known = ServeStaticMiddleware(_nobody, _Options(settings, collected))
        self.look_up = self.known.files.get if collected else self.known.find_file

    def find(self, path: str) -> Any:
        return self.look_up(path) if path.startswith(self.prefix) else None


class _Options:
    """The product's settings with servestatic's switches set."""

    def __init__(self, settings: Any, collected: bool) -> None:
        self.SERVESTATIC_AUTOREFRESH = self.SERVESTATIC_USE_FINDERS = not collected
        self.SERVESTATIC_USE_MANIFEST = collected
        self.SERVESTATIC_MAX_AGE = 60 if collected else 0
        self.SERVESTATIC_ALLOW_ALL_ORIGINS = False
        self.SERVESTATIC_ADD_HEADERS_FUNCTION = _add_headers
        self._settings = settings

    def __getattr__(self, name: str) -> Any:
        return getattr(self._settings, name)


def _add_headers(headers: Any, path: str, url: str) -> None:
    more: dict[str, str] = {}
    on_static(more, path, url)
    for name, value in more.items():
        headers[name] = value


async def _nobody(request: Any) -> Any:
    raise LookupError("only used for its list of files")
