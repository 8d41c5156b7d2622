"""Django's template language on a shorter way (docs/decisions/0040).

The same parser, tags and filters, and the same answers; what the busiest pages do thousands of times, looking a name up
and printing it, is done without exceptions and without asking anew what cannot change.  Whatever is unusual goes
Django's own way.
"""
