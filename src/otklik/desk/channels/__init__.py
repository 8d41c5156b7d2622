"""Where messages come in and go out.

`inbox.accept()` stores what arrived before the sender hears "accepted"; `Inbound` rows are then read by the adapter of
the channel and handed upwards.  `outbox.post()` stores what we say, ready to send; the adapter carries it and the
row knows its fate.  Adapters plug in through `port.py`; nothing here knows what mail or a messenger is.
"""
