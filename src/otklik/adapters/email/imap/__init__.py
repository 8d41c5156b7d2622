"""Taking mail from a mailbox on another server: read in the order of UIDs, store, and only then mark as seen."""
