"""Static files as they are served: one style sheet instead of forty, hashed names also inside of scripts."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from servestatic.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'@import url\("(?P<path>[^":]+)"\)(?: layer\((?P<layer>[\w-]+)\))?;\n?')


class Storage(CompressedManifestStaticFilesStorage):
    """Puts what a style sheet imports in its place, then hashes and compresses like its parent."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            sources = dict(paths)
            for name in [name for name in sources if name.endswith(".css")]:
                self._bundle(name, sources, paths)
        yield from super().post_process(paths, dry_run, **options)

    def _bundle(self, name: str, sources: dict[str, Any], paths: dict[str, Any]) -> None:
        """Always from the sources: an imported file may have changed while the importing one has not."""
        if not _IMPORT.search(_text(name, sources)):
            return
        self.delete(name)
        self._save(name, ContentFile(_inlined(name, sources).encode()))
        paths[name] = (self, name)


def _inlined(name: str, sources: dict[str, Any]) -> str:
    """The style sheet with every `@import … layer(x)` replaced by `@layer x { … }`."""

    def content(found: re.Match[str]) -> str:
        inside = _inlined(posixpath.normpath(posixpath.join(posixpath.dirname(name), found["path"])), sources)
        return f"@layer {found['layer']} {{\n{inside}}}\n" if found["layer"] else inside

    return _IMPORT.sub(content, _text(name, sources))


def _text(name: str, sources: dict[str, Any]) -> str:
    storage, path = sources[name]
    with storage.open(path) as file:
        return str(file.read().decode())
