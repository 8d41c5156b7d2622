"""Bringing in mail from files: an .eml, a folder, an mbox, a Maildir.  Repeatable without doubling; nothing is lost.

Old mail becomes tickets like any other, but nobody is written to unless asked for.
"""

from otklik.adapters.email.importer.bringing import NoChannel, Report, import_path

__all__ = ["NoChannel", "Report", "import_path"]
