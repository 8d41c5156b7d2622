"""The narrow menu of the workspace shows pictures alone: each place has one of its own."""

from collections import defaultdict

from otklik.core.ui import nav

DRAWN = ("work", "lead", "results", "settings")


def test_no_two_places_of_the_menu_look_alike() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for entry in nav.entries():
        if entry.section in DRAWN:
            places[entry.icon].add(entry.keys or entry.name)  # two ways to one place share its letter
    assert {icon: names for icon, names in places.items() if len(names) > 1} == {}
