"""The bill of materials of a release: CycloneDX 1.6 out of the lock file, licences out of what is installed."""

import importlib.metadata
import uuid
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from otklik import __version__
from otklik.config.supply.lock import Locked

type Json = dict[str, Any]


def bill_of(locked: Iterable[Locked]) -> Json:
    """No moment and no chance in it: whoever makes it again can compare."""
    parts = sorted(locked, key=lambda each: (each.name, each.version))
    seen = sha256("".join(f"{each.name}=={each.version}{each.hashes}" for each in parts).encode()).hexdigest()
    product = f"pkg:generic/otklik@{__version__}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, seen)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": product,
                "name": "otklik",
                "version": __version__,
                "purl": product,
            }
        },
        "components": [_component(each) for each in parts],
        "dependencies": [{"ref": product, "dependsOn": [_address(each) for each in parts]}],
    }


def _component(each: Locked) -> Json:
    """The hash is of one file, and a version has a file for every kind of machine: they are properties."""
    known: Json = {
        "type": "library",
        "bom-ref": _address(each),
        "name": each.name,
        "version": each.version,
        "purl": _address(each),
        "properties": [{"name": "otklik:sha256", "value": value} for value in each.hashes],
    }
    if each.marker:
        known["properties"].append({"name": "otklik:only", "value": each.marker})
    return known | _licence(each)


def _licence(each: Locked) -> Json:
    """As the installed package says of itself; of one for another machine nothing is known here."""
    try:
        told = importlib.metadata.metadata(each.name).get("License-Expression")
    except importlib.metadata.PackageNotFoundError:
        return {}
    return {"licenses": [{"expression": told}]} if told else {}


def _address(each: Locked) -> str:
    return f"pkg:pypi/{each.name}@{each.version}"
