"""SASL XOAUTH2, which Google and Microsoft speak in IMAP and SMTP: login and access token in one line."""


def line(login: str, token: str) -> str:
    return f"user={login}\x01auth=Bearer {token}\x01\x01"
