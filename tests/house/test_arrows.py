"""Imports are not the only arrows: foreign keys, templates and names of addresses point down, too."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, Model

from tests.house.rooms import FLOOR, app_of, files, points_down

INCLUDE = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"'#]+)")
LOAD = re.compile(r"{%\s*load\s+(.+?)\s*%}")
URL_IN_TEMPLATE = re.compile(r"{%\s*url\s+[\"']([\w:-]+)[\"']")
URL_IN_CODE = re.compile(r"\b(?:reverse|reverse_lazy|redirect)\(\s*[\"']([\w-]+:[\w:-]+)[\"']")
APP_NAME = re.compile(r"^app_name\s*=\s*[\"']([\w-]+)[\"']", re.MULTILINE)


def test_foreign_keys_point_down() -> None:
    wrong = [
        f"{source} → {target}: {words}" for source, target, words in foreign_keys() if not points_down(source, target)
    ]
    assert wrong == []


def test_templates_use_templates_from_below() -> None:
    homes = template_homes()
    wrong = [
        f"{path}: {name}"
        for app, path in files("*.html")
        for name in INCLUDE.findall(path.read_text())
        if name in homes and not points_down(app, homes[name])
    ]
    assert wrong == []


def test_templates_load_tags_from_below() -> None:
    homes = {path.stem: app for app, path in files("templatetags/*.py")}
    wrong = [
        f"{path}: {name}"
        for app, path in files("*.html")
        for words in LOAD.findall(path.read_text())
        for name in words.split()
        if name in homes and not points_down(app, homes[name])
    ]
    assert wrong == []


def test_names_of_addresses_point_down() -> None:
    homes = {name: app for app, path in files("urls.py") for name in APP_NAME.findall(path.read_text())}
    wrong = [
        f"{path}: {name}"
        for pattern, finder in (("*.html", URL_IN_TEMPLATE), ("*.py", URL_IN_CODE))
        for app, path in files(pattern)
        for name in finder.findall(path.read_text())
        if (home := homes.get(name.partition(":")[0])) and not points_down(app, home)
    ]
    assert wrong == []


def test_every_app_of_the_house_has_its_place() -> None:
    ours = {
        config.name.removeprefix("otklik.") for config in apps.get_app_configs() if config.name.startswith("otklik.")
    }
    assert ours - FLOOR.keys() == set()


def foreign_keys() -> Iterator[tuple[str, str, str]]:
    """(app, app it points to, words) of every relation between our models.

    The user is named through a setting and thereby nobody's in particular: any app may point to it.
    """
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            forward = isinstance(field, Field) and isinstance(target, type) and issubclass(target, Model)
            if forward and not getattr(field, "swappable_setting", None) and ours(model) and ours(target):
                yield home(model), home(target), f"{model.__name__}.{field.name}"


def ours(model: type[Model]) -> bool:
    return model.__module__.startswith("otklik.")


def home(model: type[Model]) -> str:
    return ".".join(model.__module__.split(".")[1:3])


def template_homes() -> dict[str, str]:
    found = {}
    for _, path in files("*.html"):
        *_, name = str(path).rpartition("/templates/")
        found[name] = app_of(path)
    return found
