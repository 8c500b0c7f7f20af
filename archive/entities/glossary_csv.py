"""Reads a glossary from a CSV file: the few columns that a translators' list has.

Columns: `en`, `zh` (one of them filled), `kind`; and, where wanted, `aliases_en`, `aliases_zh`,
`forbidden_en`, `forbidden_zh` (several forms with semicolons between), `description_en`,
`description_zh`, `source_url`, `wikidata_id`, `key`. The file is UTF-8 with a header. A pure
parse: what the rows do is in `glossary_import`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.entities.csv_import import LIST_SEPARATOR, SUFFIXES, read_table
from archive.entities.models import Entity
from archive.entities.reports import Parsed, RowError
from archive.text.language import column

# Model column -> heading.
NAMES = {column("name", language): suffix for suffix, language in SUFFIXES.items()}
FACTS = {
    **{column("description", lang): f"description_{suffix}" for suffix, lang in SUFFIXES.items()},
    "source_url": "source_url",
    "wikidata_id": "wikidata_id",
}
HEADINGS = {**NAMES, **FACTS, "key": "key", "kind": "kind", "place_type": "kind"}
COLUMNS = (
    *SUFFIXES,
    "kind",
    *(f"aliases_{suffix}" for suffix in SUFFIXES),
    *(f"forbidden_{suffix}" for suffix in SUFFIXES),
    *FACTS.values(),
    "key",
)
_KEY = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?")
_WIKIDATA = re.compile(r"(?:Q[1-9]\d*)?")


@dataclass(frozen=True)
class ListedForm:
    """Another form of a name, and the heading of the column that it stands in."""

    text: str
    language: str
    forbidden: bool
    heading: str


@dataclass(frozen=True)
class GlossaryRow:
    """One line: `names` by language and `facts` by model column, both without empty cells."""

    file: str
    line: int
    key: str
    kind: str
    place_type: str
    names: Mapping[str, str]
    facts: Mapping[str, str]
    forms: tuple[ListedForm, ...]

    def __str__(self) -> str:
        return " / ".join(self.names.values())


def parse_glossary(text: str, file: str) -> Parsed[GlossaryRow]:
    """The good lines of a file, and an error with its way out for each cell that isn't."""
    parsed: Parsed[GlossaryRow] = Parsed()
    for line, cells in read_table(text, file, {"kind"}, set(COLUMNS), parsed.errors):
        errors = [RowError(file, line, *error) for error in _cell_errors(cells)]
        parsed.errors.extend(errors)
        if not errors:
            parsed.rows.append(_row(cells, file, line))
    return parsed


def _cell_errors(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not any(cells.get(suffix) for suffix in SUFFIXES):
        yield "en", _("Give the name in English, in Chinese (column zh), or in both.")
    if cells["kind"] not in Entity.Kind.values + Entity.PlaceType.values:
        choices = [kind for kind in Entity.Kind.values if kind != Entity.Kind.PLACE]
        yield (
            "kind",
            _("Write one of: %(choices)s.")
            % {"choices": ", ".join([*choices, *Entity.PlaceType.values])},
        )
    if not _KEY.fullmatch(cells.get("key", "")):
        yield "key", _("Write a key of small letters, figures and hyphens, such as new-york.")
    if not _WIKIDATA.fullmatch(cells.get("wikidata_id", "")):
        yield "wikidata_id", _("Write Q and a number, such as Q59144.")
    for suffix in SUFFIXES:
        used = {cells.get(suffix, ""), *_listed(cells, f"aliases_{suffix}")}
        for text in _listed(cells, f"forbidden_{suffix}"):
            if text in used:
                message = _("%(form)s is also listed as to be used: take it out of one of the two.")
                yield f"forbidden_{suffix}", message % {"form": text}


def _listed(cells: Mapping[str, str], heading: str) -> list[str]:
    # Chinese keyboards write the other semicolon.
    texts = cells.get(heading, "").replace("；", LIST_SEPARATOR).split(LIST_SEPARATOR)
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _row(cells: Mapping[str, str], file: str, line: int) -> GlossaryRow:
    is_place = cells["kind"] in Entity.PlaceType.values
    forms = (
        ListedForm(text, language, what == "forbidden", f"{what}_{suffix}")
        for suffix, language in SUFFIXES.items()
        for what in ("aliases", "forbidden")
        for text in _listed(cells, f"{what}_{suffix}")
        if text != cells.get(suffix)
    )
    return GlossaryRow(
        file,
        line,
        cells.get("key", ""),
        Entity.Kind.PLACE.value if is_place else cells["kind"],
        cells["kind"] if is_place else "",
        {language: cells[suffix] for suffix, language in SUFFIXES.items() if cells.get(suffix)},
        {name: cells[heading] for name, heading in FACTS.items() if cells.get(heading)},
        tuple(forms),
    )
