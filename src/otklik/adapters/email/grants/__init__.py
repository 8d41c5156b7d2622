"""Mailboxes of Google and Microsoft: the administrator grants us access (OAuth 2.0), and no password is kept.

`flow` leads to the provider's page and back, `tokens` keeps the access alive, `xoauth2` signs in with it.
"""
