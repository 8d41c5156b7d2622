"""The very first start speaks Russian: texts are compiled before anything reads them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.fixtures.server import ROOT

SAY = """
from otklik.config.cli.session import load_program
load_program()
from django.utils import translation
translation.activate("ru")
print(translation.gettext("Send and go to the next"))
"""


def test_a_fresh_copy_speaks_russian_at_its_first_start(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "src" / "otklik",
        tmp_path / "otklik",
        ignore=shutil.ignore_patterns("*.mo", "__pycache__", "tests", "static"),
    )
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("OTKLIK_", "DJANGO_"))}
    surroundings |= {"PYTHONPATH": str(tmp_path), "OTKLIK_DATA": str(tmp_path / "data")}
    surroundings["DJANGO_SETTINGS_MODULE"] = "otklik.config.settings"

    told = subprocess.run([sys.executable, "-c", SAY], env=surroundings, cwd=tmp_path, capture_output=True, text=True)

    assert told.stdout.strip() == "Отправить и перейти к следующему", told.stderr
