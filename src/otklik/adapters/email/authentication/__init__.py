"""Whether a letter comes from the domain that it names: DMARC by our own check, or the word of one trusted border.

Nothing here is asked while a server delivers; the job that reads the letter asks, and waits a few seconds at most.
"""

from otklik.adapters.email.authentication.judging import Came, Verdict, judge

__all__ = ["Came", "Verdict", "judge"]
