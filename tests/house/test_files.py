"""Style sheets, scripts and pictures: every name that is used exists, in templates and inside the files."""

import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from tests.house.rooms import files

STATIC = re.compile(r"{%\s*static\s+[\"']([^\"']+)[\"']")


def test_every_file_named_in_a_template_exists() -> None:
    missing = {
        f"{path}: {name}"
        for _, path in files("*.html")
        for name in STATIC.findall(path.read_text())
        if not finders.find(name)
    }
    assert missing == set()


def test_every_file_named_in_a_style_sheet_or_script_exists(tmp_path: Path, settings: Any) -> None:
    """Collecting under names with a hash fails on a name that leads nowhere."""
    storage = {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES={**settings.STORAGES, "staticfiles": storage}):
        call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
