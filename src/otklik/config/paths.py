"""Where the product lies and where its data goes. No Django here: the start-up asks before anything is set up."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent
IN_CHECKOUT = (CHECKOUT / "pyproject.toml").is_file()


def data_folder() -> Path:
    """OTKLIK_DATA, else .data in the checkout, else the user's data folder."""
    if chosen := os.environ.get("OTKLIK_DATA"):
        return Path(chosen).expanduser().absolute()
    if IN_CHECKOUT:
        return CHECKOUT / ".data"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "otklik"
