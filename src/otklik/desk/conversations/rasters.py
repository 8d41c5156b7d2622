"""Which bytes are a picture made of pixels: the only foreign content that a browser may show under our address."""

STARTS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}
HEAD = 12


def raster_of(head: bytes) -> str | None:
    """The media type by the first `HEAD` bytes, whatever anybody says; None for everything else, SVG among it."""
    for kind, starts in STARTS.items():
        if head.startswith(starts) and (kind != "image/webp" or head[8:12] == b"WEBP"):
            return kind
    return None
