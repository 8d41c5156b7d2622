"""What was said, on every channel.

A `Conversation` is the talk with one contact about one matter; a `Message` is one utterance: theirs, ours, or a note
that only the staff sees.  Threading is decided here, by identifiers that we issued.  What we owe the client is the
business of `tickets`.
"""
