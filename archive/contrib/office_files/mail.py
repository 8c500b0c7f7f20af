"""Letters (.eml) and mailboxes (mbox) with a story in them or attached.

A letter's headers, words and attachments (RFC 822 and MIME) are read also where they break the
rules.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.documents import DocumentImage, SourceDocument
from archive.contrib.intake.formats import read_stories
from archive.contrib.intake.formats.base import SourceFormat, with_reasons
from archive.contrib.intake.formats.story_texts import story_documents
from archive.contrib.intake.layout.letters import tells_what_is_sent, without_prefixes
from archive.contrib.intake.layout.lines import fold, key
from archive.contrib.intake.markup_lines import MarkupLines, read_body, read_plain
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.story_reader import read_story
from archive.contrib.office_files.rich_text import keywords_of
from archive.photos.file_names import is_picture
from archive.text.encodings import codec, decode_text
from archive.text.markup.html_tree import MarkupError
from archive.text.scripts import HAN
from archive.text.stored_messages import message as _

# What the older names of Chinese encodings are called where newer letters are used in them.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "cp950"}
_DEEPEST_PART = 5
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
    if is_letter or not isinstance(payload, list) or depth > _DEEPEST_PART:
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


_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):", re.MULTILINE)
_OF_LETTERS = {
    *(b"from", b"to", b"date", b"subject", b"received", b"message-id", b"mime-version"),
    *(b"return-path", b"delivered-to", b"content-type", b"reply-to", b"cc", b"x-mailer"),
}
_PROOF = {b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to", b"date"}
_WORD = re.compile(rf"[{HAN}]|[^\W{HAN}]+")
_END = re.compile(r"[.!?。！？…,，;；:：]$")
_GREETING_END = re.compile(r"[,，:：!！]$")
_NO_HEADLINE = re.compile(
    r"(?:dear|hi|hello|hallo|good (?:morning|day)|by|from|attached|please|尊敬的|您好|你好|各位)\b|"
    r"尊敬的|您好|你好|各位|本报记者|附件|请",
    re.IGNORECASE,
)
_LONGEST_HEADLINE = 120
# How sure the layout must be of a headline that goes before the subject.
_SURE_HEADLINE = 0.7
# In lines.
_SENT_HEADER = re.compile(r"(?:> ?)?(?:from|发件人|寄件者)\s?[:：]", re.IGNORECASE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_LONGEST_COVER = 12
_RULE = re.compile(r"[-=_*~—]{3,}")
# What mail programs print above a letter that was sent on, or is answered.
_SENT_ON = re.compile(
    r"-{3,}\s?(?:forwarded|original|begin forwarded|原始|转发|轉寄|原邮件|原郵件).{0,30}"
    r"|(?:from|发件人|寄件者)\s?[:：].{3,200}"
    r"|begin forwarded message|on .{6,200}\bwrote\s?:|[在于於].{6,200}[写寫]道\s?[:：]",
    re.IGNORECASE,
)
# A letter of so many words beside an attached story is a story, too.
_LEAST_STORY = 150
_NO_STORIES = (
    "application/pgp",
    "application/pkcs7",
    "text/vcard",
    "text/x-vcard",
    "text/calendar",
)
# Letters attached to letters.
_DEEPEST = 3


class MailFormat(SourceFormat):
    id = "mail"
    name = pgettext_lazy("format of a file", "e-mail")
    description = gettext_lazy(
        "A letter or mailbox as mail programs save it: the story in the letter, or those in its "
        "attachments, with the pictures."
    )
    suffixes = (".eml", ".mbox", ".mbx")
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        head = source.head
        if head.startswith(b"From "):
            head = head.partition(b"\n")[2]
        if not _HEADER.match(head):
            return False
        fields = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
        names = {name.lower() for name in _HEADER.findall(fields)}
        return len(names & _OF_LETTERS) > 2 and b"from" in names and bool(names & _PROOF)

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        stories: list[ParsedArticle] = []
        reasons: list[Exception] = []
        for data in letters_of_mbox(source.data):
            try:
                stories += _stories(read_letter(data), source.path, language, 0)
            except (IntakeError, MarkupError) as error:  # The others go on.
                reasons.append(error)
        if not (stories or reasons):
            raise IntakeError(_("the letter holds no story, nor is one attached"))
        return with_reasons(stories, reasons)


def _stories(
    letter: MailLetter, path: Path, language: str | None, depth: int
) -> list[ParsedArticle]:
    """The letter's own story first, then those attached."""
    attached: list[ParsedArticle] = []
    told = [_sent(letter)]
    for one in letter.attachments:
        if not is_picture(one.data[:16]) and one.data.strip():
            try:
                attached += _attached(one, path, language, depth)
            except (IntakeError, MarkupError) as error:
                message = _("The attachment “%(name)s” was left out: %(reason)s")
                told.append(message % {"name": one.name or one.content_type, "reason": error})
    words = len(_WORD.findall(letter.plain or letter.html))
    stories = [one for one in attached if one.blocks or one.raw_body() is not None]
    # A note, a caption: words beside the story.
    notes = [one for one in attached if one not in stories]
    if words and (not stories or words >= _LEAST_STORY or _is_more(words, stories)):
        own = _several(letter) or [_document(letter)]
        read = (read_story(one, path.name, language=language) for one in own)
        stories = [*read, *stories]
    elif stories:
        stories = _beside(stories, _document(letter))
    if notes and not stories:
        stories = [notes.pop(0)]
    for note in notes:
        stories = _beside(stories, note)
    return [replace(one, warnings=(*one.warnings, *filter(None, told))) for one in stories]


def _is_more(words: int, attached: list[ParsedArticle]) -> bool:
    """Whether a letter of so many words says more than what is attached, which has no headline."""
    texts = sum(len(_WORD.findall(one.text)) for one in attached)
    return words > texts and not any(one.headline for one in attached)


def _beside(
    stories: list[ParsedArticle], told: SourceDocument | ParsedArticle
) -> list[ParsedArticle]:
    """With the words that came along, which may concern each, and pictures that stand nowhere."""
    lines = [line.strip() for line in told.text.splitlines() if line.strip()]
    first, *others = [replace(one, unplaced=(*one.unplaced, *lines)) for one in stories]
    known = {one.name for one in first.images}
    more = (replace(one, after=0) for one in told.images if one.name not in known)
    return [replace(first, images=(*first.images, *more)), *others]


def _attached(
    one: MailAttachment, path: Path, language: str | None, depth: int
) -> list[ParsedArticle]:
    if one.content_type == "message/rfc822":
        if depth >= _DEEPEST:
            raise IntakeError(_("too many letters within letters"))
        stories = _stories(read_letter(one.data), path, language, depth + 1)
    else:
        # A signature or a card of addresses is no story, and says so by its type.
        if one.content_type.startswith(_NO_STORIES):
            raise IntakeError(_("it is no text"))
        stories = read_stories(
            SourceFile(path.with_name(one.name or path.name), one.data), language
        )
    return [replace(story, source=path.name) for story in stories]


def _sent(letter: MailLetter) -> str:
    names = {"sender": "from", "date": "date", "subject": "subject"}
    said = {name: letter.headers.get(header, "") for name, header in names.items()}
    if not (said["sender"] and said["date"]):
        return ""
    if said["subject"]:
        return _("Sent by %(sender)s on %(date)s with the subject “%(subject)s”.") % said
    return _("Sent by %(sender)s on %(date)s.") % said


def _document(letter: MailLetter) -> SourceDocument:
    body = _body(letter)
    is_sent_on = _take_cover_of_sent_on(body)
    body = body if is_sent_on else _without_cover(body)
    story = DocumentBuilder(body=body, document_title=letter.headers.get("subject", ""))
    story.keywords = list(keywords_of(letter.headers.get("keywords", "")))
    subject = without_prefixes(story.document_title)
    has_headline = is_sent_on or _begins_with_headline(body, subject) or _has_headline(story)
    told = key(" ".join(line.text for line in body.lines if line.kind != "furniture"))
    if subject and not has_headline and not tells_what_is_sent(fold(subject), told):
        story.headline = subject
    with suppress(ValueError, TypeError, IndexError):
        story.modified = parsedate_to_datetime(letter.headers.get("date", ""))
    placed = {one.name: one for one in body.images}
    by_id = {f"cid:{one.identifier}": one.data for one in letter.attachments if one.identifier}
    body.images[:] = [replace(one, data=by_id.get(one.name, one.data)) for one in body.images]
    for one in letter.attachments:
        if is_picture(one.data[:16]) and f"cid:{one.identifier}" not in placed:
            name = one.name or f"picture-{len(body.images) + 1}"
            if name not in {image.name for image in body.images}:
                body.add_image(DocumentImage(name, data=one.data))
    return story.document()


def _several(letter: MailLetter) -> list[SourceDocument]:
    """The stories of a letter that surely has more than one, such as a day's cuttings."""
    documents = story_documents(_plain(letter))
    if len(documents) < 2:
        return []
    title = letter.headers.get("subject", "")
    # Nobody knows whose the pictures are.
    pictures = tuple(replace(one, after=0) for one in _document(letter).images)
    documents[0] = replace(documents[0], images=pictures)
    return [replace(one, metadata=replace(one.metadata, document_title=title)) for one in documents]


def _plain(letter: MailLetter) -> str:
    """A letter's words as lines."""
    if letter.plain.strip():
        return _unquoted(letter.plain)
    return "\n\n".join(line.text for line in read_body(letter.html).lines)


def _body(letter: MailLetter) -> MarkupLines:
    """In HTML a letter's paragraphs are whole; plain words are taken where they say more."""
    if letter.html.strip():
        body = read_body(letter.html)
        words = len(_WORD.findall(" ".join(line.text for line in body.lines)))
        if words * 10 >= len(_WORD.findall(letter.plain)) * 9:
            return body
    return read_plain(_unquoted(letter.plain))


def _unquoted(text: str) -> str:
    """A forwarded text without the marks of a quotation, where nearly all of it is quoted."""
    lines = [line for line in text.splitlines() if line.strip()]
    quoted = sum(line.startswith(">") for line in lines)
    # A letter's header among them, or above them: what is quoted was sent on.
    is_sent_on = any(_SENT_HEADER.match(line) for line in lines)
    return _QUOTED.sub("", text) if is_sent_on or quoted * 3 > len(lines) * 2 else text


def _take_cover_of_sent_on(body: MarkupLines) -> bool:
    """Whether a letter was sent on, with a note above it, which is no part of the story.

    The layout reads the inner letter's header; its subject is the headline where no other line is.
    """
    at = next((n for n, line in enumerate(body.lines) if _SENT_ON.match(line.text)), 0)
    if not 0 < at <= _LONGEST_COVER:
        return False
    body.lines[:at] = [replace(line, kind="furniture") for line in body.lines[:at]]
    return True


def _without_cover(body: MarkupLines) -> MarkupLines:
    """A note to the desk above a rule, with a headline right below it, is no part of the story."""
    texts = [line.text for line in body.lines]
    at = next((n for n, text in enumerate(texts[:_LONGEST_COVER]) if _RULE.fullmatch(text)), 0)
    title = texts[at + 1] if at and at + 3 < len(texts) else ""
    if title and len(title) <= _LONGEST_HEADLINE and not _END.search(title):
        body.lines[: at + 1] = [replace(line, kind="furniture") for line in body.lines[: at + 1]]
    return body


def _has_headline(story: DocumentBuilder) -> bool:
    """Whether the layout finds the story's own headline, be it below a note to the desk."""
    try:
        found = read_story(story.document(), "")
    except IntakeError:
        return False
    reading = found.fields.get("headline")
    is_sure = reading is not None and reading.confidence >= _SURE_HEADLINE
    return is_sure and not _NO_HEADLINE.match(found.headline)


def _begins_with_headline(body: MarkupLines, subject: str) -> bool:
    """Whether the story's own headline stands in the letter: the subject is something else.

    A greeting above it is no part of the story.
    """
    numbers = [n for n, line in enumerate(body.lines) if line.kind != "furniture"][:4]
    texts = [body.lines[n].text for n in numbers]
    if any(text.casefold() == subject.casefold() for text in texts):
        return True
    greets = bool(texts and _NO_HEADLINE.match(texts[0]) and _GREETING_END.search(texts[0]))
    title, *rest = texts[greets:] or [""]
    # Of two lines, the second one is the text.
    is_followed = len(rest) > 1 or (len(rest) == 1 and len(rest[0]) > len(title))
    if not is_followed or len(title) > _LONGEST_HEADLINE:
        return False
    if _END.search(title) or _NO_HEADLINE.match(title):
        return False
    if greets:
        body.lines[numbers[0]] = replace(body.lines[numbers[0]], kind="furniture")
    return True
