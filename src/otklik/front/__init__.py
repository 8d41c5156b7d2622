"""Doors: agents come in through `workspace`, clients through `portal`, programs through `api`; `setup` furnishes."""
