"""What was loaded at the start stays: the collector of cycles need not walk over it again with every few pages."""

import gc


def settle() -> None:
    """Called once, before the first page.  Pages make few cycles, so the collector looks for them less often, too."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
