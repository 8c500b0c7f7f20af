"""A letter's headers, words and attachments (RFC 822 and MIME), also where they break the rules."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message

from archive.text.encodings import codec, decode_text

# What the older names of Chinese encodings are called where newer letters are used in them.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "cp950"}
_DEEPEST = 5
_FLOWED = re.compile(r" \n(?=[^\n>])")


@dataclass(frozen=True)
class MailAttachment:
    """A file of a letter; `identifier` is its Content-ID, by which HTML refers to it."""

    name: str
    data: bytes
    content_type: str
    identifier: str = ""


@dataclass(frozen=True)
class MailLetter:
    """`plain` and `html` are the letter's words in both forms; "" where it lacks one."""

    headers: dict[str, str]
    plain: str
    html: str
    attachments: tuple[MailAttachment, ...]


def read_letter(data: bytes) -> MailLetter:
    """Never raises: what is cut off ends there."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    headers = {
        name.lower(): header_text(value) for name, value in reversed(list(message.raw_items()))
    }
    plain: list[str] = []
    html: list[str] = []
    attachments: list[MailAttachment] = []
    for part in _parts(message, 0):
        name = header_text(part.get_filename() or "")
        kind = part.get_content_type()
        is_apart = bool(name) or part.get_content_disposition() == "attachment"
        if kind == "message/rfc822":
            inner = part.get_payload()
            letter = inner[0] if isinstance(inner, list) and inner else None
            whole = letter.as_bytes() if isinstance(letter, Message) else b""
            attachments.append(MailAttachment(name or "letter.eml", whole, kind))
        elif kind in ("text/plain", "text/html") and not is_apart:
            (plain if kind == "text/plain" else html).append(_text(part))
        else:
            identifier = str(part.get("Content-ID", "")).strip("<> \t\r\n")
            attachments.append(MailAttachment(name, _payload(part), kind, identifier))
    return MailLetter(headers, "\n\n".join(plain), "\n".join(html), tuple(attachments))


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """The parts that hold something; of a letter within a letter, the whole."""
    payload = message.get_payload()
    is_letter = message.get_content_type() == "message/rfc822"
    if is_letter or not isinstance(payload, list) or depth > _DEEPEST:
        yield message
        return
    for part in payload:
        if isinstance(part, Message):
            yield from _parts(part, depth + 1)


def header_text(raw: object) -> str:
    """A header's words: encoded words (RFC 2047), and bytes in any encoding."""
    text = " ".join(str(raw).split())
    data = text.encode("utf-8", "surrogateescape")
    if not text.isascii():
        decoded = decode_text(data)
        return decoded.text if decoded else data.decode("utf-8", "replace")
    try:
        pieces = decode_header(text)
    except ValueError:
        return text
    return "".join(_word(piece, charset) for piece, charset in pieces).strip()


def _word(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    return _decoded(piece, charset or "")


def _decoded(data: bytes, charset: str) -> str:
    """As the letter says, unless the bytes say otherwise."""
    try:
        name = codec(charset)
        return data.decode(_WIDER.get(name, name))
    except (LookupError, UnicodeDecodeError):
        found = decode_text(data)
        return found.text if found else data.decode("latin-1")


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: Message) -> str:
    text = _decoded(_payload(part), str(part.get_content_charset() or "")).replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        # Lines that end with a space go on in the next (RFC 3676).
        is_joined = str(part.get_param("delsp", "")).lower() == "yes"
        text = _FLOWED.sub("" if is_joined else " ", text.replace("\n-- \n", "\n--\n"))
    return text


def letters_of_mbox(data: bytes) -> list[bytes]:
    """The letters of a mailbox file; the only one for a single letter."""
    if not data.startswith(b"From "):
        return [data]
    parts = re.split(rb"(?:^|\n\r?\n)From [^\n]{1,200}\n", data)
    return [part.replace(b"\n>From ", b"\nFrom ") for part in parts if part.strip()]
