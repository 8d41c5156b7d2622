"""The roster of a line: planned by its leads, read by its people."""
