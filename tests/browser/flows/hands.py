"""Two hands at a keyboard that count their presses."""

from typing import Any

from tests.browser.conftest import LETTERS, press_russian


class Hands:
    """`press("Shift+N")` is one press, `call("::")` one, `write(...)` none."""

    def __init__(self, page: Any, layout: str) -> None:
        self.page, self.layout = page, layout
        self.presses = 0

    def press(self, key: str) -> None:
        self.presses += 1
        letter, shift = key.removeprefix("Shift+"), key.startswith("Shift+")
        if self.layout == "russian" and letter in LETTERS:
            press_russian(self.page, letter, shift=shift)
        else:
            self.page.keyboard.press(key if len(letter) > 1 or shift else letter.lower())

    def call(self, sign: str) -> None:
        """A sign of several characters that opens something while one writes."""
        self.presses += 1
        self.page.keyboard.type(sign)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
