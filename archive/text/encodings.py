"""The encodings that files may name. Python knows more: punycode takes hours for some megabytes,
and zip or base64 aren't texts."""

_KNOWN = {
    *("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "utf-16-le", "utf-16-be", "utf-32"),
    *("us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252"),
    *("gb18030", "gbk", "gb2312", "cp936", "big5", "big5-hkscs", "cp950"),
}


def codec(name: str) -> str:
    """Python's codec of that name; raises LookupError for one that no text is written in."""
    plain = name.lower().replace("_", "-")
    if plain not in _KNOWN:
        raise LookupError(f"unknown encoding: {name}")
    return plain
