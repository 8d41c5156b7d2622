"""The first-run wizard: from an empty database to a desk that answers."""
