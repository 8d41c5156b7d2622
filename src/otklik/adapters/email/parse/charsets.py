"""Bytes to text when the named charset is right, missing, misspelt, a lie or an attack."""

import codecs
import re
from collections.abc import Iterable

ALIASES = {
    "ascii": "cp1252", "us-ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "iso8859-1": "cp1252", "latin-1": "cp1252", "ansi": "cp1252", "iso_8859-1": "cp1252", "8859-1": "cp1252",
    "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "iso-8859-6-i": "iso8859-6",
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "windows-949": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8", "utf8": "utf-8", "utf8mb4": "utf-8", "unicode": "utf-16",
    "koi8r": "koi8-r", "koi8": "koi8-r", "koi-8-r": "koi8-r", "koi8u": "koi8-u", "cskoi8r": "koi8-r",
    "x-cp1251": "cp1251", "win-1251": "cp1251", "win1251": "cp1251", "cp-1251": "cp1251", "1251": "cp1251",
    "windows1251": "cp1251", "x-windows-1251": "cp1251", "x-mac-cyrillic": "mac-cyrillic", "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman", "dos-866": "cp866", "ibm-866": "cp866", "big5": "big5hkscs", "x-big5": "big5hkscs",
    "iso-2022-jp": "iso2022_jp_ext", "windows-874": "cp874", "x-euc-jp": "euc_jp", "tis-620": "cp874",
}  # fmt: skip

# Only codecs that turn bytes into text by a fixed table: never rot13, zlib, idna, punycode, unicode-escape, undefined.
ALLOWED = re.compile(
    r"(?:utf-(?:8|8-sig|7|16|16-le|16-be|32|32-le|32-be)|iso8859-\d+|cp\d{3,5}|koi8-[rut]|mac-(?:roman|cyrillic|greek"
    r"|latin2|turkish|iceland)|euc_(?:jp|jis_2004|jisx0213|kr)|shift_jis\w*|iso2022_(?:jp\w*|kr)|gb18030|gbk|gb2312"
    r"|big5(?:hkscs)?|hz|johab|tis-620|ptcp154|kz1048|hp-roman8)\Z"
)

_SINGLE_BYTE = re.compile(r"(?:cp125\d|cp866|iso8859-\d+|koi8-[rut]|mac-\w+)\Z")
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CYRILLIC_WORD = re.compile("[А-яЁёІіЇїЄєҐґ]+")
_SENSIBLE_WORD = re.compile("[А-ЯЁІЇЄ]?[а-яёіїєґ]+|[А-ЯЁІЇЄ]+")
_COMMON = frozenset("оеаинтсрвлкмОЕАИНТСРВЛКМ")
_SURROGATE = re.compile("[\ud800-\udfff]")


def codec(name: str) -> str | None:
    """The Python codec for a charset name from a mail, or None when there is none that is safe."""
    name = name.strip(" \t\r\n'\";").lower()[:40]
    name = ALIASES.get(name, name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return None
    return found if ALLOWED.match(found) else None


def clean(text: str) -> str:
    """Text that PostgreSQL and JSON take: no NUL, no lone surrogates."""
    if "\0" in text:
        text = text.replace("\0", "")
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    return text


def decode(data: bytes, declared: str = "", hints: Iterable[str] = ()) -> str:
    """Readable text of `data`. A declared charset wins unless the bytes prove it wrong."""
    return clean(_decode(data, declared, hints))


def _decode(data: bytes, declared: str, hints: Iterable[str]) -> str:
    named = codec(declared) if declared else None
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        named = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-16"
    if named and not named.startswith(("cp1252", "utf-8")) and (text := _strict(data, named)) is not None:
        return text if text.isascii() else _swapped(data, text, named)
    if data.isascii():
        return data.decode("ascii")
    if (text := _utf8(data)) is not None:
        return text
    if named and named.startswith("iso2022_jp"):
        hints = ("euc_jp", "cp932")  # what was meant when the escapes are not there
    return _guess(data, named, hints)


def _strict(data: bytes, name: str) -> str | None:
    if _SINGLE_BYTE.match(name) and not data.isascii() and (text := _strict(data, "utf-8")) is not None:
        return text  # utf-8 under another name: too regular to be chance
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _utf8(data: bytes) -> str | None:
    """Decoded when it is utf-8, or utf-8 with a few broken places (cut by a gateway, mixed by a mailer)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        sample = data[:20_000]
        good = sum(map(len, _UTF8_PAIR.findall(sample)))
        high = len(_HIGH.findall(sample))
        return data.decode("utf-8", "replace") if high and good >= 0.8 * high else None


def _swapped(data: bytes, text: str, named: str) -> str:
    """koi8-r and windows-1251 are often named for each other: the wrong one gives wOrDS like tHIS."""
    if named in ("koi8-r", "koi8-u", "cp1251", "iso8859-5", "cp866", "mac-cyrillic"):
        other = max(("cp1251", "koi8-r"), key=lambda name: russian_score(data, name))
        if other != named and russian_score(data, other) > russian_score(data, named) + 0.5:
            return data.decode(other, "replace")
    return text


def _guess(data: bytes, named: str | None, hints: Iterable[str]) -> str:
    for hint in hints:
        name = codec(hint)
        if name and name != "cp1252" and (text := _strict(data, name)) is not None:
            return _swapped(data, text, name)
    best = max(("cp1251", "koi8-r", "cp866"), key=lambda name: russian_score(data, name))
    if russian_score(data, best) > 0.9:
        return data.decode(best, "replace")
    return data.decode(named if named and named != "utf-8" else "cp1252", "replace")


def russian_score(data: bytes, name: str) -> float:
    """0 (not Russian) to about 2, the share of Cyrillic among high bytes, words of one case, common letters."""
    sample = data[:4_000]
    high = len(_HIGH.findall(sample))
    if not high:
        return 0.0
    words = _CYRILLIC_WORD.findall(sample.decode(name, "replace"))
    letters = sum(map(len, words))
    if not letters:
        return 0.0
    sensible = sum(len(word) for word in words if _SENSIBLE_WORD.fullmatch(word))
    lower = sum(map(str.islower, "".join(words)))
    common = sum(letter in _COMMON for word in words for letter in word)
    # A few high bytes among Latin text (é, ö) come out as one-letter "words": length tells them from Russian.
    long = min(1.0, letters / len(words) / 3)
    share = (letters / high) * long * (sensible / letters)
    return share * (1.6 * common / letters + 0.5 * lower / letters)
