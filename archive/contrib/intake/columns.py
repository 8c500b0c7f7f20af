"""Which column of a table of stories is what: guessed from their names, or said in a mapping file.

A mapping file is TOML or JSON:

    body_format = "html"            # or "markdown", "text"; else as each text looks
    date_format = "%d/%m/%Y"        # else as dates are written
    [columns]
    headline = "post_title"
    body = ["lead", "content"]      # several columns, one below the other
    date = "发布日期"

`left_out = ["shelf"]` above `[columns]` names the columns that are no part of a story.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from archive.contrib.intake.labels.names import FIELDS, NOTES, OTHER, LabelName, read_label
from archive.contrib.intake.labels.values import names_page
from archive.contrib.intake.layout.bylines import bare_names, sign
from archive.contrib.intake.layout.furniture import names_section
from archive.contrib.intake.layout.lines import ends_sentence, fold, is_chinese
from archive.contrib.intake.layout.stamps import find_stamps
from archive.contrib.intake.outlets import known_outlet, looks_like_paper
from archive.contrib.intake.records import IntakeError
from archive.text.punctuation import joined
from archive.text.stored_messages import message as _

BodyFormat = Literal["", "html", "markdown", "text"]


@dataclass(frozen=True)
class ColumnMapping:
    """`columns` are the columns' names by field (one of FIELDS); several stand one below the other.

    `date_format` is one of strptime; "" for any way in which dates are written. `body_format` ""
    takes each text as it looks. `left_out` are the columns that are no part of a story; what stands
    in others that no field has waits for a person.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body_format: BodyFormat = ""
    date_format: str = ""
    left_out: tuple[str, ...] = ()
    # Those that only their cells tell: nobody has said it, nor does their name.
    by_cells: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> "ColumnMapping":
        """Raises IntakeError for what is no mapping; says which part is wrong."""
        if unknown := sorted(set(said) - {"columns", "body_format", "date_format", "left_out"}):
            raise IntakeError(_("a mapping has no “%(name)s”") % {"name": unknown[0]})
        columns = said.get("columns", {})
        if not isinstance(columns, Mapping) or not columns:
            raise IntakeError(_("a mapping needs “columns”: the name of a column for each field"))
        if wrong := sorted(set(columns) - set(FIELDS)):
            reason = _("a mapping has no field “%(name)s”; the fields are %(names)s")
            raise IntakeError(reason % {"name": wrong[0], "names": joined(FIELDS)})
        body_format = said.get("body_format", "")
        if body_format not in get_args(BodyFormat):
            raise IntakeError(_("body_format is html, markdown or text"))
        chosen = {name: _column_names(value) for name, value in columns.items()}
        left_out = _column_names(said.get("left_out", ()))
        return cls(chosen, body_format, str(said.get("date_format", "")), left_out)

    def to_dict(self) -> dict[str, Any]:
        """What `from_dict` reads, and JSON and TOML can hold."""
        columns = {
            name: names[0] if len(names) == 1 else list(names)
            for name, names in self.columns.items()
        }
        forms = {"body_format": self.body_format, "date_format": self.date_format}
        return {"columns": columns, **forms, "left_out": list(self.left_out)}

    @property
    def names(self) -> set[str]:
        """All columns that it names."""
        return {name for names in self.columns.values() for name in names}

    @property
    def is_enough(self) -> bool:
        """Whether a table with these columns holds stories, and not addresses or prices."""
        return len(self.columns) > 1 and not {"headline", "body"}.isdisjoint(self.columns)


def _column_names(value: Any) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(one, str) for one in names):
        raise IntakeError(_("a column is a name, or a list of names"))
    return tuple(names)


def guess_mapping(names: Sequence[str], rows: Sequence[Mapping[str, str]] = ()) -> ColumnMapping:
    """What columns of these names are; what no name says, by the cells of the first rows.

    Of two columns for one field it is the first; both, where they are in two languages, or where
    the label of the second says as what somebody signs.
    """
    found: dict[str, list[str]] = {}
    told: set[tuple[str, str, str]] = set()
    known = {name: _seen(label, name, rows) for name in names if (label := read_label(name))}
    for name, label in _longest_first(known, rows):
        said = (label.field, label.language, label.role)
        may_be_two = label.role or (label.language and label.field in _TEXTS)
        is_other = may_be_two and said not in told
        if label.field in FIELDS and (label.field not in found or is_other):
            found.setdefault(label.field, []).append(name)
            told.add(said)
    unknown = [name for name in names if name not in known]
    guessed = dict(_by_cells(unknown, rows[:_SAMPLE], tuple(found))) if rows else {}
    if not (found or any(told <= guessed.keys() for told in _TOLD)):
        guessed = {}
    found |= {one: [name] for one, name in guessed.items()}
    left_out = tuple(name for name, label in known.items() if label.field in (OTHER, NOTES))
    columns = {one: tuple(every) for one, every in found.items()}
    return ColumnMapping(columns, left_out=left_out, by_cells=tuple(guessed.values()))


def _longest_first(
    known: Mapping[str, LabelName], rows: Sequence[Mapping[str, str]]
) -> list[tuple[str, LabelName]]:
    """The columns in their order, but of those of texts the longest first: a "lead text" is one of
    a few words."""
    texts = [name for name, label in known.items() if label.field == "body"]
    texts.sort(key=lambda name: _mean([row.get(name, "") for row in rows[:_SAMPLE]]), reverse=True)
    order = {name: at for at, name in enumerate(texts)}
    return sorted(known.items(), key=lambda one: order.get(one[0], 0))


def _seen(label: LabelName, name: str, rows: Sequence[Mapping[str, str]]) -> LabelName:
    """A column of pages whose cells only name what they hold (版面: 要闻, beside 版次: 3) is one
    of sections."""
    if label.field != "page":
        return label
    cells = [text for row in rows[:_SAMPLE] if (text := row.get(name, "").strip())]
    others = sum(not names_page(text) for text in cells)
    is_section = cells and others >= _MOST * len(cells)
    return replace(label, field="section") if is_section else label


_TEXTS = ("headline", "standfirst", "body", "caption")
# How many rows tell what a column holds, and which share of its cells must look so.
_SAMPLE, _MOST, _HALF = 50, 0.8, 0.5
# In English characters: Chinese says as much in a third.
_LONG_TEXT, _LONGEST_HEADLINE, _LONGEST_NAME = 100, 150, 60
# What makes a table of which no column's name is known one of stories.
_TOLD = ({"date", "publication"}, {"date", "body"})

Cells = Sequence[str]


def _by_cells(
    names: Sequence[str], rows: Sequence[Mapping[str, str]], told: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """The fields that no name says, where the cells of a single column look so: texts, days,
    papers, pages, titles, who signs. Empty cells say nothing."""
    columns = {
        name: [text for row in rows if (text := row.get(name, "").strip())] for name in names
    }
    columns = {name: cells for name, cells in columns.items() if 2 * len(cells) >= len(rows)}
    for one in (one for one in _LOOKS if one not in told):
        alike = [name for name, cells in columns.items() if _LOOKS[one](cells)]
        if one == "body" and len(alike) > 1:  # The text is much longer than its summary.
            alike.sort(key=lambda name: _mean(columns[name]), reverse=True)
            alike = alike[: 1 if _mean(columns[alike[0]]) > 2 * _mean(columns[alike[1]]) else 2]
        if one == "headline":  # A register has it before its remarks.
            alike = alike[:1]
        if len(alike) == 1:
            del columns[alike[0]]
            yield one, alike[0]


def _share(cells: Cells, looks: Callable[[str], object]) -> float:
    return sum(bool(looks(text)) for text in cells) / max(1, len(cells))


def _size(text: str) -> int:
    return len(text) * (3 if is_chinese(text) else 1)


def _mean(cells: Cells) -> float:
    return sum(map(_size, cells)) / max(1, len(cells))


def _are_texts(cells: Cells) -> bool:
    return _mean(cells) > _LONG_TEXT and _share(cells, ends_sentence) >= _MOST


def _is_day(text: str) -> bool:
    stamp = next(find_stamps(fold(text)), None)
    return stamp is not None and stamp.day is not None and len(stamp.printed) * 2 > len(text)


def _are_papers(cells: Cells) -> bool:
    """Names of papers, half of which are known or look so: others are papers, too."""
    are_names = all(len(text) <= _LONGEST_NAME and not ends_sentence(text) for text in cells)
    looks = _share(cells, lambda text: known_outlet(text) or looks_like_paper(text))
    return are_names and looks >= _HALF


def _are_pages(cells: Cells) -> bool:
    """ "第5版", "p. 7"; bare numbers, too, where they don't only rise, as those of boxes do."""
    numbers = [int(text) for text in cells if text.isdecimal()]
    if len(numbers) < len(cells):
        return all(names_page(text) and _PAGE_MARK.search(text) for text in cells)
    return numbers != sorted(numbers) and all(0 < one <= _LAST_PAGE for one in numbers)


_PAGE_MARK = re.compile(r"^p{1,2}\.? ?\d|[版页頁]", re.IGNORECASE)
_LAST_PAGE = 200


def _are_titles(cells: Cells) -> bool:
    """Words without a stop, another row's seldom the same."""
    are_own = len(set(cells)) >= _MOST * len(cells)
    return are_own and _share(cells, _is_title) >= _MOST


def _is_title(text: str) -> bool:
    is_short = len(text) <= _LONGEST_HEADLINE and "\n" not in text and not ends_sentence(text)
    return is_short and (len(text.split()) > 2 or (is_chinese(text) and len(text) > 5))


def _are_signers(cells: Cells) -> bool:
    """Half of them names, others what stands where nobody signs."""
    are_short = all(len(text) <= _LONGEST_NAME and not ends_sentence(text) for text in cells)
    return are_short and _share(cells, lambda text: bare_names(text) or sign(text)) >= _HALF


_LOOKS: dict[str, Callable[[Cells], bool]] = {
    "body": _are_texts,
    "date": lambda cells: _share(cells, _is_day) >= _MOST,
    "publication": _are_papers,
    "byline": _are_signers,
    "section": lambda cells: _share(cells, names_section) >= _MOST,
    "headline": _are_titles,
    "page": _are_pages,
}


def read_mapping(path: Path) -> ColumnMapping:
    """A mapping file. Raises IntakeError, with the file's name."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        said = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        return ColumnMapping.from_dict(said)
    except OSError as error:
        reason = _("%(name)s can't be read (%(error)s); check the path")
        raise IntakeError(reason % {"name": path, "error": error.strerror}) from error
    except IntakeError as error:
        raise IntakeError(f"{path}: {error}") from error
    except ValueError as error:
        reason = _("%(name)s is neither TOML nor JSON (%(error)s)")
        raise IntakeError(reason % {"name": path, "error": error}) from error
