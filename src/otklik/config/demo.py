"""The demo company: every app tells its part of the story in `seeds.py`, from the floor up.

`seeds.load()` fills an empty database; `seeds.accounts()`, where it exists, names the people who can sign in.
"""

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True)
class Account:
    """A way into the demo: what the terminal shows."""

    role: str
    login: str
    password: str


def is_empty() -> bool:
    """Nobody was ever added: neither a demo nor a real installation."""
    from django.contrib.auth import get_user_model

    return not get_user_model()._default_manager.exists()


def has_seeds() -> bool:
    return any(hasattr(seeds, "load") for _, seeds in _seeds())


def load(tell: Callable[[str], None] = lambda name: None) -> list[str]:
    """Load all seeds in one transaction, in the order of the house; the names of the apps that had any."""
    from django.db import transaction

    loaded = []
    with transaction.atomic():
        for name, seeds in _seeds():
            tell(name)
            if hasattr(seeds, "load"):
                seeds.load()
                loaded.append(name)
    return loaded


def accounts() -> list[Account]:
    """Of the demo company, when it is loaded; nothing in a real installation. In English, as all of the terminal."""
    from django.utils import translation

    with translation.override("en"):
        return [
            Account(*each) for _, seeds in _seeds() for each in (seeds.accounts() if hasattr(seeds, "accounts") else ())
        ]


def _seeds() -> Iterator[tuple[str, ModuleType]]:
    from django.apps import apps

    for config in apps.get_app_configs():
        module = f"{config.name}.seeds"
        if config.name.startswith("otklik.") and importlib.util.find_spec(module) is not None:
            yield config.label, importlib.import_module(module)
