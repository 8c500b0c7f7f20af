"""Two plain texts, one the other's translation, aligned by line."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from archive.desk.errors import DeskError
from archive.qa.base import Pair

# Everything is checked as running text: a file doesn't say what a line is.
_KIND = "paragraph"


@dataclass(frozen=True)
class LineFiles:
    """Pairs keyed by their line's number, from 1; lines that are blank in both are left out."""

    pairs: tuple[Pair, ...]
    source: str


def read_pairs(source: Path, target: Path) -> LineFiles:
    """DeskError for a file that can't be read, or where the lines aren't equally many."""
    ours, theirs = _lines(source), _lines(target)
    if len(ours) != len(theirs):
        raise DeskError(
            _(
                "%(source)s has %(ours)s lines, %(target)s has %(theirs)s: line by line, one must "
                "be the other's translation. Leave a line empty where a text has none."
            )
            % {"source": source, "ours": len(ours), "target": target, "theirs": len(theirs)}
        )
    pairs = (
        Pair(str(number), _KIND, one, other)
        for number, (one, other) in enumerate(zip(ours, theirs, strict=True), 1)
        if one.strip() or other.strip()
    )
    return LineFiles(tuple(pairs), "\n".join(ours))


def _lines(path: Path) -> list[str]:
    """The file's lines without the blank ones at its end."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DeskError(
            _("%(file)s can't be read: %(reason)s") % {"file": path, "reason": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise DeskError(
            _("%(file)s isn't UTF-8 (byte %(place)s): save it as UTF-8 and try again.")
            % {"file": path, "place": error.start + 1}
        ) from error
    return text.replace("\r\n", "\n").rstrip().split("\n")
