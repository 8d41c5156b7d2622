"""A query typed on the wrong layout of the keyboard: «pfrhsnm» is «закрыть»."""

LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
THERE = str.maketrans(LATIN + LATIN[:-1].upper(), CYRILLIC + CYRILLIC[:-1].upper())
BACK = str.maketrans(CYRILLIC + CYRILLIC.upper(), LATIN + LATIN.upper())


def swapped(text: str) -> str:
    """The same keys on the other layout; of a text in both letters nothing is guessed."""
    cyrillic = any(letter in BACK for letter in map(ord, text))
    latin = any("a" <= letter.lower() <= "z" for letter in text)
    if cyrillic == latin:
        return text
    return text.translate(BACK if cyrillic else THERE)
