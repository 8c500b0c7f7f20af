"""Who signs an item of a page, and where that person lives."""

import re
from collections.abc import Mapping, Sequence

from archive.contrib.intake.documents import DocumentLine, LineKind
from archive.contrib.intake.layout.bylines import bare_names
from archive.text.surnames import SURNAMES

_READER = re.compile(r"^(?:读者|市民|居民|村民|A reader|Reader)[\s:：,，]+", re.IGNORECASE)
BULLETS = "●○□■◎◆◇▲△★☆ "
_TITLES = re.compile(
    r"^[(（](?:mrs?|miss|ms|dr|rev|sir|lady)\.?[)）]\s*",
    re.IGNORECASE,
)
PLACE_BEHIND = re.compile(r"\s*[(（][^()（）]{1,20}[)）]$")
# "Amy Petrosky, age 10", 李明（12岁）.
_AGE = re.compile(r",? (?:aged?|\() ?\d{1,2}\)?(?=$|,)|[,，]\s?\d{1,2}岁$|[(（]\d{1,2}岁[)）]$")
_PLACE_BEFORE = re.compile(r"^(?:[^\s,。，:：]{2,12}[\s\u3000]+){1,2}(?=[\u3400-\u9fff·]{2,8}$)")
# What somebody is: 退休职工.
_IS_POST = re.compile(r"(?:[工人师生员者民户]|干部|战士|家长)$")
# Below a name; "By e-mail" is none.
_TOWN = re.compile(r"(?!By )[A-Z][\w’'.-]+(?:,? [A-Z][\w’'.-]+){0,3}|[\u3400-\u9fff]{2,12}")
# "-- Joan Tillis"
DASHED = re.compile(r"^\s*(?:--+|[—–]+)\s*")


def signer_of(text: str) -> tuple[str, str]:
    """Who signs a letter, without mark and title, and where that person lives; "" where it doesn't
    say.

    >>> signer_of("-- (Mrs) Li Na, Newton Abbot"), signer_of("河东区　韩振国")
    (('Li Na', 'Newton Abbot'), ('韩振国', '河东区'))
    """
    text = _AGE.sub("", text)
    text = _READER.sub("", _TITLES.sub("", DASHED.sub("", text.strip(BULLETS))))
    name, comma, place = text.partition(", ")
    if comma and "," not in place and bare_names(name):
        return name, place
    if behind := PLACE_BEHIND.search(text):
        return text[: behind.start()].strip(), behind[0].strip(" ()（）")
    before = _PLACE_BEFORE.match(text)
    place = before[0].strip() if before else ""
    return text[before.end() if before else 0 :].strip(), "" if _IS_POST.search(place) else place


def find_signers(
    lines: Sequence[DocumentLine], kinds: Mapping[int, LineKind]
) -> dict[int, tuple[tuple[str, str], ...]]:
    """Who wrote the items, by the lines that name them; their town may have the line below."""
    found = {}
    for at in (at for at, kind in kinds.items() if kind == "byline"):
        name, place = signer_of(lines[at].text)
        below = lines[at + 1] if at + 1 < len(lines) else None
        if not place and below and not below.gap and kinds.get(at + 1) == "furniture":
            place = below.text if _TOWN.fullmatch(below.text) else ""
        found[at] = tuple((one, place) for one in _names(name, lines[at].text))
    return found


def is_writer(text: str) -> bool:
    """Whether a line names somebody who may sign a text."""
    return bool(_names(signer_of(text)[0], text))


def _names(name: str, text: str) -> tuple[str, ...]:
    """Who a line names; where other words stand before, a surname may be a word: "职工 车万里"."""
    if people := bare_names(name):
        return tuple(one.name for one in people)
    is_led = name != text.strip() and len(name) in (2, 3)
    return (name,) if is_led and name[0] in SURNAMES else ()
