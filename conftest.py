"""Fixtures of all tests: a real PostgreSQL of our own, the real server, a real browser."""

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.cast",
    "tests.fixtures.languages",
    "tests.fixtures.slow",
    "tests.fixtures.live",
    "tests.fixtures.browser",
    "tests.fixtures.real_mail",
]

# What a property says does not depend on how busy the machine is.
settings.register_profile("otklik", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("otklik")
