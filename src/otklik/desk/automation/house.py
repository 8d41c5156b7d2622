"""The language in which the desk itself writes: that of the company, whatever the thread spoke before."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from otklik.core.staff.models import Organisation


@contextmanager
def own_language() -> Iterator[None]:
    with translation.override(Organisation.objects.current().language):
        yield
