"""PDF files, good and hostile, made by hand."""

import zlib


def pdf(*objects: str | bytes, root: int = 1) -> bytes:
    """A file of numbered objects, with its table."""
    body, places = b"%PDF-1.7\n", []
    for number, said in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + (said.encode() if isinstance(said, str) else said) + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = f"trailer\n<< /Root {root} 0 R /Size {len(objects) + 1} >>\nstartxref\n{len(body)}\n%%EOF".encode()
    return body + table + trailer


def paper(
    content: bytes = b"1 0 0 rg 20 20 100 100 re f", pages: int = 2, box: str = "0 0 200 300", more: str = ""
) -> bytes:
    """Two pages with a red square."""
    stream = zlib.compress(content, 9)
    kids = " ".join(f"{number} 0 R" for number in range(4, 4 + pages))
    return pdf(
        f"<< /Type /Catalog /Pages 2 0 R {more} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream",
        *[f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 3 0 R >>"] * pages,
    )


def hostile() -> dict[str, bytes]:
    squares = b"0 0 200 300 re f\n" * 3_000_000
    return {
        "nothing": b"%PDF-1.7\n",
        "cut": paper()[:200],
        "not at all": b"%PDF-" + b"\xff" * 100_000,
        "a page that is its own parent": pdf(
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1000000 >>"
        ),
        "a stream of 50 MB": paper(squares),
        "a picture of 100,000 by 100,000": pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            "<< /Length 30 >>\nstream\n200 0 0 300 0 0 cm /X Do\nendstream",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 3 0 R"
            " /Resources << /XObject << /X 5 0 R >> >> >>",
            b"<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
            b" /Filter /FlateDecode /Length %d >>\nstream\n"
            % len(zeros := zlib.compress(bytes(50_000_000), 9))
            + zeros
            + b"\nendstream",
        ),
    }
