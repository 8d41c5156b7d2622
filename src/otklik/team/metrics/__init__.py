"""Figures that can be believed.

A `TicketFact` is what the journal says about one ticket, counted by the formulas of `core.formulas`; it is filled a
batch at a time behind a watermark and rebuilt to the same values from the journal alone.  `layer` reads what
was measured; every figure says how many tickets it is made of, how sure it is, and can list them.
"""
