"""Fixtures of all tests: a real PostgreSQL of our own, the real server, a real browser."""

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.cast",
    "tests.fixtures.live",
    "tests.fixtures.browser",
    "tests.fixtures.real_mail",
]
