"""Text that was once read in the wrong encoding: mended where no letter is lost, else said.

- UTF-8 read as Windows-1252 ("â€™", "ä¸­å›½"): ftfy.
- GB18030 or Big5 read as Windows-1252 ("ÖÐ¹ú"): the lines are turned back into bytes, and must
  then be Chinese by the same measure as a file.
- UTF-8 read as GB18030 ("涓浗"): turned back it must be UTF-8, which is no accident.
- Letters that are gone ("锟斤拷", "Fran?ais", "�") can only be reported.
"""

import re
from collections.abc import Iterator

from django.utils.translation import ngettext

from archive.contrib.intake.records import IntakeError, from_extra
from archive.text.encodings import WESTERN, common_chinese, guess
from archive.text.scripts import HAN_CHARACTER
from archive.text.stored_messages import message as _

# The characters that bytes from 0x80 become in Windows-1252 (and in Latin-1 where it has none).
_HIGH = "\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_LOST_UTF8 = "锟斤拷"
_RUN = re.compile(f"[{_HIGH}]{{4}}")
_HIGH_CHARACTER = re.compile(f"[{_HIGH}]")
# How UTF-8's first bytes look in Windows-1252, with a second.
_UTF8_PAIR = re.compile(f"[ÂÃâãäåæçèéêëìíïðÄÅÎÏÐ][{_HIGH}]")
# A question mark within a word, as in "Fran?ais"; not at its end, and not in an address.
_LOST_LETTER = re.compile(r"(?<![\w?&=/.])[A-Za-z]{1,30}\?[a-z]{1,30}(?![\w?&=/.])")
_SHARE_HIGH = 0.3
# A line turned back may lack so many of its letters; of a real Chinese line nearly all are gone.
_MOST_LOST = 0.35
# Of real Chinese less than a twentieth is rare.
_MOST_RARE, _LEAST_HAN = 0.4, 4


def mend(text: str) -> tuple[str, list[str]]:
    """The text as it was meant, and what a person should check."""
    notes: list[str] = []
    if text.isascii():
        return text, list(_lost(text))
    for turn, name in (
        (_from_chinese_as_western, _("Chinese read as Windows-1252")),
        (_from_western, _("UTF-8 read as Windows-1252")),
        (_from_gb, _("UTF-8 read as GB18030")),
    ):
        try:
            mended = turn(text)
        except IntakeError as error:
            notes.append(f"{name}: {error}")
            continue
        if mended != text:
            message = _("Garbled letters were mended (%(kind)s): check the text.")
            notes.append(message % {"kind": name})
            text = mended
    return text, [*notes, *_lost(text)]


def _from_western(text: str) -> str:
    if not _UTF8_PAIR.search(text):
        return text
    with from_extra():
        # The extra "intake" brings it; a text without such letters does without.
        from ftfy import fix_encoding
    lines = text.split("\n")
    return "\n".join(fix_encoding(one) if _UTF8_PAIR.search(one) else one for one in lines)


def _from_chinese_as_western(text: str) -> str:
    """All lines that may be meant are weighed together: one alone can be too short."""
    lines = text.split("\n")
    meant = {at: data for at, line in enumerate(lines) if (data := _bytes_of(line))}
    data = b"\n".join(meant.values())
    encoding = guess(data) if meant else None
    if encoding in (None, "utf-8", WESTERN):
        return text
    for at, data in meant.items():
        lines[at] = data.decode(encoding, "replace")
    return "\n".join(lines)


def _bytes_of(line: str) -> bytes | None:
    """The line's bytes, if it has letters in a row as no Western text has, and no Chinese."""
    high = len(_HIGH_CHARACTER.findall(line))
    if not high or not (_RUN.search(line) or high > len(line) * _SHARE_HIGH):
        return None
    try:
        return b"".join(map(_byte_of, line))
    except UnicodeEncodeError:
        return None


def _byte_of(character: str) -> bytes:
    try:
        return character.encode(WESTERN)
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _from_gb(text: str) -> str:
    if not HAN_CHARACTER.search(text):
        return text
    return "\n".join(map(_line_from_gb, text.split("\n")))


def _line_from_gb(line: str) -> str:
    """Bytes that were no Chinese character are lost for good, and with them some letters."""
    kept = line.replace("\ufffd", "")
    mended = kept.encode("gb18030", "replace").decode("utf-8", "replace")
    beyond = len(mended) - len(mended.encode("ascii", "ignore"))
    lost = mended.count("\ufffd")
    if beyond < 2 or lost > beyond * _MOST_LOST:
        return line
    chinese = sum(map(common_chinese().__contains__, mended))
    return line if chinese < (beyond - lost) * 0.9 else mended


def _lost(text: str) -> Iterator[str]:
    """What can't be brought back, said with an example."""
    if count := text.count("\ufffd"):
        message = ngettext(
            "%(count)d letter was lost before (�).",
            "%(count)d letters were lost before (�).",
            count,
        )
        yield message % {"count": count}
    han = HAN_CHARACTER.findall(text)
    rare = len(han) - sum(map(common_chinese().__contains__, han))
    if _LOST_UTF8 in text or (len(han) >= _LEAST_HAN and rare > len(han) * _MOST_RARE):
        yield _(
            "Part of the text is garbled and letters are lost (as in “锟斤拷”): "
            "look for another copy."
        )
    if found := _LOST_LETTER.findall(text):
        yield _("Letters may have been lost where a “?” stands, as in “%(word)s”.") % {
            "word": found[0]
        }
