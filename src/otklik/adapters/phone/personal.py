"""Exchanges are settings; the calls themselves are of `desk.calls`."""

from otklik.core.datamap import free_app

free_app("phone", because="addresses and secrets of ours")
