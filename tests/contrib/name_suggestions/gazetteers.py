"""Gazetteers as plain values, read from the demo's and the tests' CSV files."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from archive.contrib.name_suggestions.recognition.facts import Facts, Gazetteer, OfficeFact
from archive.entities.csv_files import SUFFIXES, EntityRow, parse_entities
from archive.entities.glossary.terms import Form, Term
from archive.text.language import LANGUAGES, column

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "newsroom" / "demo" / "data"
LABELLED = ROOT / "tests" / "data" / "labelled_stories"


@cache
def demo_gazetteer() -> Gazetteer:
    """The names that the demo ships."""
    return _gazetteer([DEMO / "cities.csv", DEMO / "people_orgs.csv"], None)


@cache
def ambiguous_gazetteer() -> Gazetteer:
    """The demo's names and others of the same names, with offices."""
    files = [DEMO / "cities.csv", DEMO / "people_orgs.csv", LABELLED / "extra_names.csv"]
    return _gazetteer(files, LABELLED / "extra_offices.csv")


def _gazetteer(files: list[Path], offices: Path | None) -> Gazetteer:
    rows: list[EntityRow] = []
    for file in files:
        parsed = parse_entities(file.read_text(encoding="utf-8"), file.name)
        assert not parsed.errors
        rows += parsed.rows
    ids = {row.key: number for number, row in enumerate(rows, 1)}
    held = _offices(offices, ids) if offices else {}
    facts = {
        ids[row.key]: Facts(
            str(row.values.get("place_type") or ""),
            {
                language: str(row.values[column("region", language)])
                for language in LANGUAGES
                if row.values.get(column("region", language))
            },
            tuple(held.get(ids[row.key], ())),
        )
        for row in rows
    }
    return Gazetteer(tuple(_term(ids[row.key], row) for row in rows), facts)


def _term(number: int, row: EntityRow) -> Term:
    names = [(row.values.get(column("name", language)), language) for language in LANGUAGES]
    forms = [Form(str(name), language) for name, language in names if name]
    forms += [Form(one.text, one.language, one.kind) for one in row.aliases]  # type: ignore[arg-type]
    kind = str(row.values["kind"])
    return Term(number, row.key, kind, tuple(forms), str(row.values.get("country") or ""))


def _offices(file: Path, ids: dict[str, int]) -> dict[int, list[OfficeFact]]:
    offices: defaultdict[int, list[OfficeFact]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as stream:
        for cells in csv.DictReader(stream):
            titles = {lang: cells[f"title_{suffix}"] for suffix, lang in SUFFIXES.items()}
            dates = (cells["since"], cells["until"], cells["as_of"])
            office = OfficeFact(titles, ids[cells["place"]], *dates)
            offices[ids[cells["person"]]].append(office)
    return offices
