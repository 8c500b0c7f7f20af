"""The headers of letters that were sent on: none of a story's fields, but for the subject."""

import re
from itertools import groupby

from archive.contrib.intake.labels.names import field_of
from archive.contrib.intake.layout.forms import StoryLine
from archive.contrib.intake.layout.lines import fold, shared_words

_WORDED = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z -]{1,22}|[\u3400-\u9fff]{2,6})\s?[:=]\s*(?P<value>.*)"
)
# A letter's header, as mail programs print it above what they forward: who sent it, and its
# subject with the prefixes of answers and forwarded letters.
_SENDERS = frozenset(("from", "发件人", "寄件人", "寄件者"))
_RECEIVERS = frozenset(("to", "cc", "收件人", "抄送"))
_SUBJECTS = frozenset(("subject", "主题", "主旨"))
_PREFIX = re.compile(
    r"(?:(?:\[[^\[\]]{1,30}\]\s*)?(?:re|fwd?|aw|wg|tr|rv|转发|轉寄|轉發|回复|回覆|答复)"
    r"(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+",
    re.IGNORECASE,
)
# "On Tue, 22 Sep 2015 at 10:00, Li Na <li@example.com> wrote:"
_WROTE = re.compile(r"(?:(?:on|am|le)\s|[在于於]).{6,200}(?:wrote|写道|寫道)\s?:", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:i (?:am|remain),? )?(?:(?:dear )?sirs?,? )?"
    r"(?:(?:yours|very|most|with|sincerely|faithfully|truly|kind|best|warm|etc|&c)[.,]{0,2} ?){1,4}"
    r"(?:regards|wishes|respect)?[,.]?|此致.{0,6}|敬礼.?|谨启|敬上",
    re.IGNORECASE,
)
_LONGEST_CLOSING = 50
_WORDS = re.compile(r"[^\s,.;:!?，。：]+")
_OPENS_LETTER = re.compile(r"-{3,}[^-]+-{3,}|[^:]{8,60}:")
_SALUTATION = re.compile(
    r"(?:sirs?|madam|dear (?:sirs?|madam|editors?)|to the editor)\b[ ,:.–—-]"
    r"|(?:mr\.? |dear )?editor\s?[:,–—]"
    r"|(?:尊敬的)?(?:编辑|编者|总编|主编)(?:部|组|同志|先生|女士|老师|们){1,2}\s?[:,!]|尊敬的编辑\s?[:,!]",
    re.IGNORECASE,
)


def greets(printed: str) -> bool:
    """Whether a line begins with a letter's salutation."""
    return bool(_SALUTATION.match(fold(printed)))


def is_closing(text: str) -> bool:
    """Whether a line ends a letter above its writer's name: "Yours faithfully,", 此致."""
    return len(text) < _LONGEST_CLOSING and bool(_CLOSING.fullmatch(fold(text).strip()))


def without_prefixes(subject: str) -> str:
    """A letter's subject without the marks of an answer or of a letter that was sent on."""
    match = _PREFIX.match(subject)
    return subject[match.end() if match else 0 :].strip()


def tells_what_is_sent(subject: str, told: str) -> bool:
    """Whether a letter's subject only says what is sent, and is no headline of the text, whose
    `key` is `told`: "Story for page 4". It has words that name a story's parts, and none of it."""
    rest = _without_parts(subject)
    return rest != " ".join(subject.split()) and not shared_words(rest, told)


def _without_parts(subject: str) -> str:
    return " ".join(word for word in _WORDS.findall(subject) if not field_of(word))


def read_letters(items: list[StoryLine]) -> None:
    """Leaves the lines around letters out: when one was sent is no print's day.

    The subject of the innermost letter says where it begins: it may be the headline.
    """
    around: list[StoryLine] = []
    subject: StoryLine | None = None
    above: StoryLine | None = None
    for is_labelled, run in groupby(items, lambda item: bool(_label(item))):
        lines = list(run)
        labels = {_label(item): item for item in lines}
        if not is_labelled:
            around += [item for item in lines if _WROTE.fullmatch(item.line.folded)]
            is_mark = _OPENS_LETTER.fullmatch(lines[-1].line.folded)
            above = lines[-1] if is_mark else None
        elif labels.keys() & _SENDERS and labels.keys() & (_SUBJECTS | _RECEIVERS):
            around += [*filter(None, [above]), *lines]
            subject = next((labels[one] for one in labels if one in _SUBJECTS), subject)
    for item in around:
        item.form, item.furniture = "furniture", "letter"
        item.caption = item.citation = item.signature = None
    if subject and (match := _WORDED.fullmatch(subject.line.folded)):
        value = subject.line.text[match.start("value") :]
        subject.label = len(subject.line.text) - len(without_prefixes(value))


def _label(item: StoryLine) -> str:
    """The label of a line, if it is a known one, in small letters."""
    match = _WORDED.fullmatch(item.line.folded) if item.line.kind == "text" else None
    return match["label"].casefold() if match and field_of(match["label"]) else ""
