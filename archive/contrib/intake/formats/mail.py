"""Letters (.eml) and mailboxes (mbox) with a story in them or attached."""

import re
from contextlib import suppress
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.documents import DocumentImage, SourceDocument
from archive.contrib.intake.formats import read_stories
from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.mail_message import (
    MailAttachment,
    MailLetter,
    letters_of_mbox,
    read_letter,
)
from archive.contrib.intake.markup_lines import MarkupLines, read_body, read_plain
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.rich_text import keywords_of
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.story_reader import read_story
from archive.photos.signatures import is_picture
from archive.text.markup.html_tree import MarkupError
from archive.text.scripts import HAN

_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):", re.MULTILINE)
_OF_LETTERS = {
    *(b"from", b"to", b"date", b"subject", b"received", b"message-id", b"mime-version"),
    *(b"return-path", b"delivered-to", b"content-type", b"reply-to", b"cc", b"x-mailer"),
}
_PROOF = {b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to", b"date"}
_FORWARDED = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|转发|轉寄|回复|回覆|答复)\s*[:：]\s*)+", re.IGNORECASE
)
_WORD = re.compile(rf"[{HAN}]|[^\W{HAN}]+")
_END = re.compile(r"[.!?。！？…,，;；:：]$")
_NO_HEADLINE = re.compile(
    r"(?:dear|hi|hello|hallo|good (?:morning|day)|by|from|attached|please|尊敬的|您好|你好|各位)\b|"
    r"尊敬的|您好|你好|各位|本报记者|附件|请",
    re.IGNORECASE,
)
_LONGEST_HEADLINE = 120
# In lines.
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_LONGEST_COVER = 12
_RULE = re.compile(r"[-=_*~—]{3,}")
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
    name = gettext_lazy("e-mail")
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
        reason: Exception | None = None
        for data in letters_of_mbox(source.data):
            try:
                stories += _stories(read_letter(data), source.path, language, 0)
            except (IntakeError, MarkupError) as error:  # The others go on.
                reason = reason or error
        if not stories:
            raise reason or IntakeError(_("the letter holds no story, nor is one attached"))
        return stories


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
    stories = attached
    if words and (not attached or words >= _LEAST_STORY):
        stories = [read_story(_document(letter), path.name, language=language), *attached]
    elif attached:
        # The words beside an attached story are for the editor; they stay with it.
        document = _document(letter)
        cover = (line.text for line in document.lines)
        first = attached[0]
        pictures = _unplaced(first, document.images)
        whole = replace(first, unplaced=(*first.unplaced, *cover), images=pictures)
        stories = [whole, *attached[1:]]
    return [replace(one, warnings=(*one.warnings, *filter(None, told))) for one in stories]


def _unplaced(story: ParsedArticle, more: tuple[DocumentImage, ...]) -> tuple[DocumentImage, ...]:
    """The story's pictures, and the letter's, which stand in no place of it."""
    known = {one.name for one in story.images}
    return (*story.images, *(replace(one, after=0) for one in more if one.name not in known))


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
    sender, day = letter.headers.get("from", ""), letter.headers.get("date", "")
    message = _("Sent by %(sender)s on %(date)s.")
    return message % {"sender": sender, "date": day} if sender and day else ""


def _document(letter: MailLetter) -> SourceDocument:
    body = _without_cover(_body(letter))
    story = DocumentBuilder(body=body, document_title=letter.headers.get("subject", ""))
    story.keywords = list(keywords_of(letter.headers.get("keywords", "")))
    subject = _FORWARDED.sub("", story.document_title).strip()
    if subject and not _begins_with_headline(body, subject):
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
    return _QUOTED.sub("", text) if quoted * 3 > len(lines) * 2 else text


def _without_cover(body: MarkupLines) -> MarkupLines:
    """A note to the desk above a rule, with a headline right below it, is no part of the story."""
    texts = [line.text for line in body.lines]
    at = next((n for n, text in enumerate(texts[:_LONGEST_COVER]) if _RULE.fullmatch(text)), 0)
    title = texts[at + 1] if at and at + 3 < len(texts) else ""
    if title and len(title) <= _LONGEST_HEADLINE and not _END.search(title):
        body.lines[: at + 1] = [replace(line, kind="furniture") for line in body.lines[: at + 1]]
    return body


def _begins_with_headline(body: MarkupLines, subject: str) -> bool:
    """Whether the story's own headline stands in the letter: the subject is something else."""
    texts = [line.text for line in body.lines if line.kind != "furniture"][:4]
    if any(text.casefold() == subject.casefold() for text in texts):
        return True
    if len(texts) < 3 or len(texts[0]) > _LONGEST_HEADLINE:
        return False
    return not (_END.search(texts[0]) or _NO_HEADLINE.match(texts[0]))
