"""Who may be the same person or the same organisation, and why; a person decides, nothing merges by itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import reduce

from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext as _

from otklik.desk.clients.models import Channelled, Client, Contact, Different, Identity, PersonalFact
from otklik.desk.clients.models.address import phone_of as phone_of
from otklik.desk.clients.models.address import phones_alike as phones_alike
from otklik.desk.clients.models.identity import HOST
from otklik.desk.clients.names import SHORT
from otklik.desk.clients.sight import Sight

MOST = 60
"""Rows that one question brings: whoever shares a company with thousands is compared with the nearest."""
SHOWN = 5
WORTH = 40
"""Of 100: less is not worth a colleague's look."""
SURE = 60
"""From here on an agent may merge without a lead."""
PUBLIC = frozenset(
    "gmail.com googlemail.com mail.ru bk.ru list.ru inbox.ru internet.ru yandex.ru ya.ru yandex.com rambler.ru "
    "outlook.com hotmail.com live.com icloud.com me.com yahoo.com proton.me protonmail.com gmx.de gmx.net".split()
)
"""Hosts where everybody may have a mailbox: the same one says nothing."""
FORMS = frozenset(
    "ооо оао зао пао ао нао ип чп гк тоо llc ltd inc gmbh ag corp co limited company фирма компания".split()
)
LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)
SPELLED = (("x", "ks"), ("iy", "i"), ("yi", "i"), ("j", "i"), ("ey", "ei"), ("y", "i"), ("kh", "h"), ("ii", "i"))
"""Ways in which people write Russian names in Latin letters, brought to one."""


@dataclass
class Likeness[Row: (Contact, Client)]:
    """Another row that may be the same, with a score of 100 and the reasons in words."""

    other: Row
    score: int = 0
    reasons: list[str] = field(default_factory=list)
    told: list[tuple[PersonalFact, str]] = field(default_factory=list)
    """What stands in the reasons and may be personal."""

    def add(self, score: int, reason: str) -> None:
        self.score = min(self.score + score, 100)
        self.reasons.append(reason)

    def reasons_for(self, sight: Sight) -> list[str]:
        """The reasons as this reader may read them."""
        hidden = [said for fact, said in self.told if not sight.opens(fact)]
        return [reduce(lambda text, said: text.replace(said, _("(hidden)")), hidden, one) for one in self.reasons]


def mailbox_of(address: str) -> tuple[str, str]:
    """(local part, domain) as the host understands them: a tag, and at Google the points, mean nothing."""
    local, _at, domain = address.lower().partition("@")
    local = local.partition("+")[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        return local.replace(".", ""), "gmail.com"
    return local, domain


def words_of(name: str) -> frozenset[str]:
    """A name whatever its order, script and familiar form: «Демидов Павел» is «Pavel Demidov»."""
    words = re.findall(r"\w+", name.lower().replace("ё", "е"))
    return frozenset(_latin(SHORT.get(word, word)) for word in words)


def _latin(word: str) -> str:
    spelled = "".join(LETTERS.get(letter, letter) for letter in word)
    for written, one in SPELLED:
        spelled = spelled.replace(written, one)
    return spelled


def names_alike(one: str, other: str) -> float:
    """From 0 to 1; an initial is as good as a name that begins with it."""
    ours, theirs = words_of(one), words_of(other)
    if not ours or not theirs or "@" in one + other:
        return 0.0
    fewer, more = sorted((ours, theirs), key=len)
    if len(fewer) < 2 and len(more) > 1:
        return 0.0  # a given name alone is of many
    left = set(more)
    worth = 0.0
    for word in sorted(fewer, key=len, reverse=True):
        best = max(left, key=lambda candidate: _words_alike(word, candidate), default="")
        worth += _words_alike(word, best)
        left.discard(best)
    return worth / len(fewer)


def _words_alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return 0.85 if one[:1] == other[:1] else 0.0
    return SequenceMatcher(None, one, other).ratio() if one and other else 0.0


def plain_name(name: str) -> str:
    """Of an organisation: without its legal form, quotes and points."""
    words = re.findall(r"\w+", name.lower().replace("ё", "е"))
    return " ".join(word for word in words if word not in FORMS)


def of_contact(contact: Contact) -> list[Likeness[Contact]]:
    """The likeliest first, without those of whom somebody said that they are others."""
    identities = list(contact.identities.all())
    numbers = {row for rows in _near(contact, identities) for row in rows}
    numbers -= {contact.pk, *different("contact", contact.pk)}
    others = Contact.objects.filter(pk__in=numbers, merged_into=None).select_related("client")
    found = [compare(contact, other) for other in others.prefetch_related("identities")]
    return sorted((one for one in found if one.score >= WORTH), key=lambda one: -one.score)[:SHOWN]


def _near(contact: Contact, identities: list[Identity]) -> Iterator[Iterable[int]]:
    """Numbers of those who are worth a comparison, each question by an index of its own and bounded."""
    phones = [way for one in identities if one.kind == Channelled.PHONE for way in phones_alike(one.value)]
    owners = Identity.objects.order_by().values_list("contact", flat=True)
    if phones:
        yield owners.filter(kind=Channelled.PHONE, value__in=phones)[:MOST]
    for local in {mailbox_of(one.value)[0] for one in identities if one.kind == Channelled.EMAIL}:
        if len(local) > 2:
            # Upper, as search does: an index serves how an address begins.
            yield owners.filter(kind=Channelled.EMAIL, value__istartswith=local[:4])[:MOST]
    if contact.client_id:
        yield Contact.objects.filter(client=contact.client_id).order_by().values_list("pk", flat=True)[:MOST]
    longest = max(re.findall(r"\w+", contact.name), key=len, default="")
    if len(longest) > 2 and "@" not in contact.name:
        yield Contact.objects.filter(name__icontains=longest).order_by().values_list("pk", flat=True)[:MOST]


def compare(contact: Contact, other: Contact) -> Likeness[Contact]:
    found = Likeness(other)
    ours, theirs = list(contact.identities.all()), list(other.identities.all())
    for phone in sorted(_phones(ours) & _phones(theirs)):
        found.told.append((PersonalFact.PHONES, phone))
        found.add(60, _("the same phone %(phone)s") % {"phone": phone})
    company = contact.client_id is not None and contact.client_id == other.client_id
    domains = (_domains(ours) & _domains(theirs)) - PUBLIC
    _compare_addresses(found, ours, theirs, company)
    alike = names_alike(contact.name, other.name)
    if alike < 0.8:
        return found
    if company:
        found.add(int(55 * alike), _("the same name at the same company"))
    elif domains:
        found.add(int(50 * alike), _("the same name at %(domain)s") % {"domain": min(domains)})
    else:
        found.add(int(30 * alike), _("a name alike"))
    return found


def _compare_addresses(found: Likeness[Contact], ours: list[Identity], theirs: list[Identity], company: bool) -> None:
    """The strongest likeness of two addresses, once."""
    pairs = [(one, other) for one in _emails(ours) for other in _emails(theirs)]
    best = max((_addresses_alike(one, other, company) for one, other in pairs), default=(0, ""))
    if best[0]:
        found.add(*best)


def _addresses_alike(one: str, other: str, company: bool) -> tuple[int, str]:
    (local, domain), (local2, domain2) = mailbox_of(one), mailbox_of(other)
    said = {"one": one, "other": other}
    if (local, domain) == (local2, domain2):
        return 80, _("one mailbox: %(one)s and %(other)s") % said
    if local == local2 and len(local) > 3:
        return (50 if company else 25), _("the same name of the mailbox: %(one)s and %(other)s") % said
    transposed = len(local) == len(local2) > 4 and sorted(local) == sorted(local2)
    if domain == domain2 and transposed and SequenceMatcher(None, local, local2).ratio() > 0.8:
        return 45, _("letters changed places: %(one)s and %(other)s") % said
    return 0, ""


def _emails(identities: list[Identity]) -> list[str]:
    return [one.value for one in identities if one.kind == Channelled.EMAIL]


def _domains(identities: list[Identity]) -> set[str]:
    return {mailbox_of(address)[1] for address in _emails(identities)}


def _phones(identities: list[Identity]) -> set[str]:
    return {phone_of(one.value) or one.value for one in identities if one.kind == Channelled.PHONE}


def of_client(client: Client) -> list[Likeness[Client]]:
    """Organisations that may be the same, the likeliest first, without those of whom somebody said otherwise."""
    hosts = hosts_of(client)
    numbers = {row for rows in _near_client(client, hosts) for row in rows}
    numbers -= {client.pk, *different("client", client.pk)}
    others = Client.objects.filter(pk__in=numbers, merged_into=None).order_by("pk")
    found = [compare_clients(client, other, hosts) for other in others]
    return sorted((one for one in found if one.score >= WORTH), key=lambda one: -one.score)[:SHOWN]


def _near_client(client: Client, hosts: frozenset[str]) -> Iterator[Iterable[int]]:
    """Numbers of organisations that are worth a comparison, each question bounded."""
    rows = Client.objects.order_by().values_list("pk", flat=True)
    if plain := plain_name(client.name):
        yield rows.annotate(big=Upper("name")).filter(big__trigram_similar=plain.upper())[:MOST]
        longest = max(plain.split(), key=len)
        if len(longest) > 2:
            yield rows.filter(name__icontains=longest)[:MOST]
    if client.tax_number:
        yield rows.filter(tax_number=client.tax_number)[:MOST]
    if site := site_of(client.website):
        yield rows.filter(website__icontains=site)[:MOST]
    if hosts:
        people = Identity.objects.annotate(host=HOST).filter(kind=Channelled.EMAIL, host__in=hosts)
        clients = people.filter(contact__client__isnull=False).order_by().values_list("contact__client", flat=True)
        yield clients.distinct()[:MOST]


def compare_clients(client: Client, other: Client, hosts: frozenset[str] | None = None) -> Likeness[Client]:
    """Two taxpayer numbers are two organisations, whatever they are called."""
    found = Likeness(other)
    ours, theirs = (re.sub(r"\W", "", one.tax_number) for one in (client, other))
    if ours and theirs and ours != theirs:
        return found
    if ours and ours == theirs:
        found.told.append((PersonalFact.TAX_NUMBER, client.tax_number))
        found.add(80, _("the same taxpayer number %(number)s") % {"number": client.tax_number})
    site = site_of(client.website)
    if site and site == site_of(other.website):
        found.add(45, _("the same site %(site)s") % {"site": site})
    shared = (hosts_of(client) if hosts is None else hosts) & hosts_of(other)
    if shared:
        found.add(40, _("people write from %(domain)s") % {"domain": min(shared)})
    alike = organisations_alike(client.name, other.name)
    if alike == 1:
        found.add(55, _("the same name without the legal form"))
    elif alike >= 0.8:
        found.add(int(50 * alike), _("a name alike"))
    return found


def organisations_alike(one: str, other: str) -> float:
    """From 0 to 1, whatever the legal form, the order of the words and the script."""
    ours, theirs = (" ".join(sorted(words_of(plain_name(name)))) for name in (one, other))
    return SequenceMatcher(None, ours, theirs).ratio() if ours and theirs else 0.0


def site_of(website: str) -> str:
    """The host of a site as people write it: without the scheme, www and what follows."""
    host = re.sub(r"^[a-z]+://", "", website.strip().lower()).split("/")[0].partition(":")[0].removeprefix("www.")
    return host if "." in host else ""


def hosts_of(client: Client) -> frozenset[str]:
    """From where its people write, without the hosts of everybody."""
    theirs = Identity.objects.filter(contact__client=client.pk, kind=Channelled.EMAIL).order_by().annotate(host=HOST)
    return frozenset(theirs.values_list("host", flat=True).distinct()[:MOST]) - PUBLIC


def different(kind: str, number: int) -> set[int]:
    """Of whom somebody said that they are not the same."""
    said = Different.objects.filter(Q(first=number) | Q(second=number), kind=kind).values_list("first", "second")
    return {one for pair in said for one in pair} - {number}
