"""Reports that come by mail: what, when, to whom, and what became of each letter.

`Report` says what is sent and how often, `Reader` to whom, `Sending` is the one record of what left.  The content is
told by whoever has it (`subjects`), as one reader may see it.
"""
