"""Rows of a file, whatever its form: every cell is a text, every row knows the line it began on."""

from otklik.desk.imports.reading.opening import opened as opened
from otklik.desk.imports.reading.row import Row as Row
from otklik.desk.imports.reading.row import Table as Table
from otklik.desk.imports.reading.row import Unreadable as Unreadable
