"""Pictures, told by their first bytes: files' names may say anything."""

_SIGNATURES = (
    *(b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM"),
    b"\x00\x00\x00\x0cjP  ",
)
_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"mif1")


def is_picture(head: bytes) -> bool:
    """Whether bytes begin a picture, by its signature."""
    if head.startswith(_SIGNATURES):
        return True
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return is_webp or (head[4:8] == b"ftyp" and head[8:12] in _BRANDS)
