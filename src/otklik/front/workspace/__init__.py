"""The agents' door: the queue, the conversation, the client's panel, search, letters that went out.

It has no models: `queries` read several rooms for one page, `views` answer with a page or its part, the verbs are
on the nouns of `desk`.  Every state of a screen is an address, and each of them asks again what may be seen.
"""
