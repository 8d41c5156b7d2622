"""Servers of a domain when the administrator leaves them empty: the well-known ones, else the usual names."""

YANDEX = ("imap.yandex.ru", "smtp.yandex.ru")
MAIL_RU = ("imap.mail.ru", "smtp.mail.ru")
GOOGLE = ("imap.gmail.com", "smtp.gmail.com")

KNOWN = {
    **dict.fromkeys(("yandex.ru", "ya.ru", "yandex.com"), YANDEX),
    **dict.fromkeys(("mail.ru", "inbox.ru", "bk.ru", "list.ru", "internet.ru"), MAIL_RU),
    **dict.fromkeys(("gmail.com", "googlemail.com"), GOOGLE),
}


def servers_for(address: str) -> tuple[str, str]:
    """(IMAP server, SMTP server) of an address."""
    domain = address.rpartition("@")[2].lower()
    return KNOWN.get(domain, (f"imap.{domain}", f"smtp.{domain}"))
