"""Problems: fix once for ten rather than constantly for five.

A `Problem` is what makes one request after another; a `Candidate` is one that the night found by its requests
(`finding`, `spikes`), with the reason, and a person makes a problem of it or says why not (docs/decisions/0093).
"""
