"""What an agent does with a ticket: one address for each act.

Every view checks the right, calls one verb of the ticket and answers with the composer, a dialog or a redirect; without
scripts each of them works by a plain form.  Reading pages are the business of the neighbours in `workspace`.
"""
