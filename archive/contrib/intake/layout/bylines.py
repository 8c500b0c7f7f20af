"""Who signs a story, and where it was written: each line by its own language's forms.

"By Li Na in Zhanjiang", "本报记者 李娜", "ZHANJIANG, Guangdong - …", "本报湛江9月22日电 …".
"""

from dataclasses import dataclass
from functools import lru_cache

from archive.contrib.intake.layout import chinese, chinese_patterns, english
from archive.contrib.intake.layout.lines import fold, is_chinese
from archive.contrib.intake.records import ParsedByline

_LONGEST = 400
# Several steps ask of the same line; it halves the time of a story.
_REMEMBERED = 1024


@dataclass(frozen=True)
class Signature:
    """Who signs, and the paper that the line names for them, if any."""

    bylines: tuple[ParsedByline, ...]
    publication: str | None = None


@lru_cache(maxsize=_REMEMBERED)
def sign(text: str) -> Signature | None:
    """A byline that says so itself: "By Li Na in Zhanjiang", "本报记者 李娜"."""
    if len(text) > _LONGEST:
        return None
    found = chinese.sign(text) if is_chinese(text) else english.sign(text)
    return Signature(*found) if found else None


@lru_cache(maxsize=_REMEMBERED)
def agencies(text: str) -> tuple[ParsedByline, ...]:
    """The agencies when the line names nothing else: "Xinhua", "新华社"."""
    if len(text) > _LONGEST:
        return ()
    return chinese.agencies(text) if is_chinese(text) else english.agencies(text)


def bare_names(text: str) -> tuple[ParsedByline, ...]:
    """Names and nothing else: "LI NA in Beijing", "王伟 李娜". Only the place makes it a byline."""
    if len(text) > _LONGEST:
        return ()
    return chinese.bare_names(text) if is_chinese(text) else english.bare_names(text)


@lru_cache(maxsize=_REMEMBERED)
def desk_editors(text: str) -> str:
    """The line if it names who edited or proofread the page: no authors; "" for another."""
    folded = fold(text).strip("()[]【】 .")
    return (
        text
        if len(text) <= 240
        and (chinese_patterns.DESK.fullmatch(folded) or english.DESK.fullmatch(folded))
        else ""
    )


def helped(text: str) -> tuple[ParsedByline, ...]:
    """Who "additional reporting" is by, in the line that names the desk."""
    return english.helped(text) if len(text) <= _LONGEST else ()
