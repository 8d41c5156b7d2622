"""The parts of a letter that a page shows apart."""


def quoted(whole: str, new: str) -> str:
    """What a letter repeats of earlier ones: the whole without its new part; "" when there is nothing."""
    if not whole:
        return ""
    head, found, tail = whole.partition(new) if new else ("", "", whole)
    rest = (f"{head}\n{tail}" if found else whole).strip("\n")
    return rest if rest.strip() else ""
