"""Giving a letter the form of mail (RFC 5322): fixed once, sent unchanged at every attempt."""
