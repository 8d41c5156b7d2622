"""Otklik: the operating system of a customer-service department.

Rooms, from the floor up: `core`, `desk`, `adapters`, `care`, `team`, `front`; `config` ties them together.
A room imports what lies below it, never sideways and never up.
"""

__version__ = "0.1.0"
