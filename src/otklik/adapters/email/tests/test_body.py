"""Text, HTML and files out of the parts."""

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.adapters.email.parse import ParsedMail, parse
from otklik.adapters.email.parse.htmltext import html_to_text
from otklik.adapters.email.parse.tnef import SIGNATURE, unpack
from otklik.adapters.email.tests.parse_samples import read

MIXED = "Content-Type: multipart/mixed; boundary=m"
ALTERNATIVE = "Content-Type: multipart/alternative; boundary=a"


def part(content: str, *headers: str, boundary: str = "m") -> str:
    return f"--{boundary}\n" + "".join(f"{header}\n" for header in headers) + f"\n{content}\n"


def test_plain_text_is_preferred_and_html_is_kept() -> None:
    html = part("<p>html</p>", "Content-Type: text/html", boundary="a")
    mail = read(part("plain", boundary="a") + html + "--a--", ALTERNATIVE)

    assert (mail.text, mail.html) == ("plain", "<p>html</p>")


def test_html_only_is_made_readable() -> None:
    html = "<style>p{}</style><p>Hello,</p><ul><li>one</li></ul><script>x</script>a &amp; b<br>c"

    assert read(html, "Content-Type: text/html").text == "Hello,\n\n- one\na & b\nc"


def test_a_stub_that_only_says_look_at_the_html_is_not_the_letter() -> None:
    html = "<p>The real letter, which is much longer than the stub that came beside it, and says what is wrong.</p>" * 3
    stub = part("Your client does not show HTML.", boundary="a")

    assert "real letter" in read(stub + part(html, "Content-Type: text/html", boundary="a") + "--a--", ALTERNATIVE).text


def test_stretches_of_text_are_joined_and_files_are_not_text() -> None:
    body = part("one") + part("file", "Content-Disposition: attachment; filename=a.txt") + part("two") + "--m--"
    mail = read(body, MIXED)

    assert mail.text == "one\n\ntwo"
    assert [(file.name, file.content) for file in mail.attachments] == [("a.txt", b"file")]


def test_inline_pictures_are_told_from_files() -> None:
    encoded = "Content-Transfer-Encoding: base64"
    body = (
        part('<img src="cid:logo@x">', "Content-Type: text/html")
        + part("AAAA", "Content-Type: image/png; name=logo.png", "Content-ID: <logo@x>", encoded)
        + part("AAAA", "Content-Type: image/png; name=photo.png", encoded)
    )
    logo, photo = read(body + "--m--", MIXED.replace("mixed", "related")).attachments

    assert (logo.name, logo.content_id, logo.inline) == ("logo.png", "logo@x", True)
    assert (photo.name, photo.content_id, photo.inline) == ("photo.png", "", False)


def test_an_enclosed_message_is_a_file_and_stands_for_a_missing_text() -> None:
    inner = "From: Boris <boris@x.example>\nSubject: The old letter\n\nInner text"
    mail = read(part(inner, "Content-Type: message/rfc822") + "--m--", MIXED)

    assert [(file.name, file.content) for file in mail.attachments] == [("The old letter.eml", inner.encode())]
    assert "Inner text" in mail.text
    assert "Boris" in mail.text


NAMES = {
    "plain": ("attachment; filename=report.pdf", "report.pdf"),
    "quoted": ('attachment; filename="my report.pdf"', "my report.pdf"),
    "extended": ("attachment; filename*=utf-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf", "отчёт.pdf"),
    "extended, windows-1251": ("attachment; filename*=windows-1251''%EE%F2%F7%E5%F2.pdf", "отчет.pdf"),
    "continued": ("attachment; filename*0*=utf-8''%D0%BE%D1; filename*1*=%82%D1%87; filename*2=.pdf", "отч.pdf"),
    "continued out of order": ('attachment; filename*1="b.txt"; filename*0="a"', "ab.txt"),
    "encoded word": ('attachment; filename="=?utf-8?B?0L7RgtGH0ZHRgi5wZGY=?="', "отчёт.pdf"),
    "encoded word without quotes": ("attachment; filename==?koi8-r?Q?=CF=D4?=.pdf", "от.pdf"),
    "semicolon in quotes": ('attachment; filename="a;b.txt"', "a;b.txt"),
    "path": ('attachment; filename="../../etc/passwd"', "passwd"),
    "windows path": ('attachment; filename="C:\\docs\\x.doc"', "x.doc"),
    "device": ("attachment; filename=con.txt", "_con.txt"),
    "only dots": ('attachment; filename=".."', "attachment-1.bin"),
    "controls": ('attachment; filename="a\x00b\x85c.txt"', "ab c.txt"),
    "none": ("attachment", "attachment-1.bin"),
    "8-bit": ("attachment; filename=отчёт.pdf", "отчёт.pdf"),
    "no end quote": ('attachment; filename="report.pdf', "report.pdf"),
}


@pytest.mark.parametrize(("disposition", "name"), NAMES.values(), ids=NAMES.keys())
def test_file_names(disposition: str, name: str) -> None:
    mail = read("x", "Content-Type: application/octet-stream", f"Content-Disposition: {disposition}")

    assert mail.attachments[0].name == name


def test_a_long_name_keeps_its_extension_and_fits_a_disk() -> None:
    disposition = f'Content-Disposition: attachment; filename="{"ж" * 300}.docx"'
    name = read("x", "Content-Type: a/b", disposition).attachments[0].name

    assert name.endswith(".docx")
    assert len(name.encode()) <= 255


def test_two_files_of_one_name_stay_two() -> None:
    disposition = "Content-Disposition: attachment; filename=a.txt"
    mail = read(part("1", disposition) + part("2", disposition) + "--m--", MIXED)

    assert [file.name for file in mail.attachments] == ["a.txt", "a-2.txt"]


def test_broken_base64_gives_what_can_be_read() -> None:
    good = base64.b64encode(b"0123456789" * 3).decode()
    for broken in (good.rstrip("="), good[:8] + "\n!!\n" + good[8:], good[:-3], f"{good}\n--\nlist footer"):
        content = read(broken, "Content-Type: a/b", "Content-Transfer-Encoding: base64").attachments[0].content
        assert content.startswith(b"0123456789" * 2)


def test_flowed_text_flows() -> None:
    mail = read("a long \nline\n> a quoted \n> line\n-- \nAnna", "Content-Type: text/plain; format=flowed")

    assert mail.text == "a long line\n> a quoted line\n-- \nAnna"
    assert mail.signature == "-- \nAnna"


def test_uuencoded_files_are_files() -> None:
    mail = read("hello\nbegin 644 a.txt\n#86)C\n`\nend\nbye")

    assert [(file.name, file.content) for file in mail.attachments] == [("a.txt", b"abc")]
    assert "86)C" not in mail.text


def test_html_over_a_megabyte_is_read_as_text_and_kept_as_a_file() -> None:
    mail = read("<p>hello</p>" * 100_000, "Content-Type: text/html")

    assert "html" in mail.truncated
    assert mail.html == ""
    assert mail.text.startswith("hello\n")
    assert mail.attachments[0].name == "message.html"


def test_a_calendar_invitation_and_winmail_are_files() -> None:
    invitation = part("BEGIN:VCALENDAR", "Content-Type: text/calendar; method=REQUEST")
    mail = read(invitation + part("x", "Content-Type: application/ms-tnef") + "--m--", MIXED)

    assert [file.name for file in mail.attachments] == ["invite.ics", "winmail.dat"]


def test_the_charset_of_html_may_stand_in_the_html() -> None:
    html = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Звук</p>'.encode("koi8-r")

    assert read(html, "Content-Type: text/html").text == "Звук"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a &lt;b&gt; &amp;nbsp; &#1046;", "a <b> &nbsp; Ж"),
        ("a<!-- x --><!--[if mso]>y<![endif]-->b", "ab"),
        ('<div style="display:none">preview</div>a', "a"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n> > b"),
        ('<a href="x>y">a</a> 1 < 2', "a 1 < 2"),
        ("<title>t</title>a<textarea>b</textarea>c", "ac"),
        ("a<b", "a"),
        ("<p a='", ""),
    ],
)
def test_html_as_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_an_empty_mail_is_a_mail() -> None:
    mail = parse(b"")

    assert (mail.text, mail.subject, mail.attachments, mail.sender.address) == ("", "", (), None)


def tnef(*attributes: tuple[int, bytes]) -> bytes:
    """A winmail.dat of (attribute, value) pairs."""
    out = SIGNATURE + b"\x01\x00"
    for number, value in attributes:
        out += struct.pack("<BHHI", 2, number, 2, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    return out


def winmail(data: bytes, text: str = "see the file") -> ParsedMail:
    encoded = base64.encodebytes(data).decode()
    file = part(encoded, "Content-Type: application/ms-tnef; name=winmail.dat", "Content-Transfer-Encoding: base64")
    return read(part(text) + file + "--m--", MIXED)


def test_files_inside_winmail_are_taken_out_and_the_original_stays() -> None:
    mail = winmail(tnef((0x9002, b""), (0x8010, "отчёт.doc\0".encode("cp1251")), (0x800F, b"content")))

    assert [(file.name, file.size) for file in mail.attachments][1] == ("отчёт.doc", 7)
    assert mail.attachments[0].name == "winmail.dat"


def test_the_letter_may_be_inside_winmail() -> None:
    assert winmail(tnef((0x800C, b"Hello from inside\0")), text="").text == "Hello from inside"


@given(st.binary(max_size=300))
def test_a_damaged_winmail_does_no_harm(data: bytes) -> None:
    unpack(SIGNATURE + data)
    unpack(tnef((0x9002, b""), (0x9005, data), (0x9003, data)))
