"""Writes the names as TBX-Basic, for CAT tools and terminology systems.

ISO 30042:2019 in the style DCA (`<tbx style="dca">`); on demand its forerunner of 2008
(`<martif>`), which older tools read. The two differ in the names of their elements only.
Sources: ISO 30042:2019, clauses 6 and 8; the TBX-Basic dialect of tbxinfo.net.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOBase
from typing import Any, Literal, TextIO

from django.utils.xmlutils import SimplerXMLGenerator

from archive.entities.glossary.terms import PLAIN, Form, Term
from archive.text.language import FIRST, HTML_CODES

Edition = Literal["2019", "2008"]
Attributes = dict[str, str]
TextOut = TextIO | TextIOBase

# The names of the elements, in the editions of 2019 and 2008.
_ELEMENTS = {
    "root": ("tbx", "martif"),
    "header": ("tbxHeader", "martifHeader"),
    "concept": ("conceptEntry", "termEntry"),
    "language": ("langSec", "langSet"),
    "term": ("termSec", "tig"),
}
# By edition: the attributes of the outermost element.
_ROOT: Mapping[Edition, Attributes] = {
    "2019": {"type": "TBX-Basic", "style": "dca", "xmlns": "urn:iso:std:iso:30042:ed-2"},
    "2008": {"type": "TBX-Basic"},
}
# Traditional characters aren't Simplified Chinese: a tool would offer them to translators.
_TRADITIONAL = "zh-Hant"
_TYPES = {"canonical": "fullForm", "abbreviation": "abbreviation", "short": "shortForm"}
_REFERENCES = {
    "Wikidata": "https://www.wikidata.org/wiki/{}",
    "GeoNames": "https://www.geonames.org/{}",
}
# What no XML file may hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Concept:
    """A term with what else is known: by language a definition, by database an id."""

    term: Term
    # Of a name its kind; "" for a plain term.
    subject: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)
    source_url: str = ""
    references: Mapping[str, str] = field(default_factory=dict)
    # TBX-Basic of 2019 knows no proper nouns.
    part_of_speech: str = "noun"
    note: str = ""


def write_tbx(
    out: TextOut, concepts: Iterable[Concept], *, title: str, edition: Edition = "2019"
) -> int:
    """Write the file, a concept at a time; the number of concepts that were written."""
    writer = _Writer(out, edition)
    with writer.document(title):
        written = 0
        for written, concept in enumerate(concepts, start=1):  # noqa: B007
            writer.concept(concept)
    return written


class _Writer:
    def __init__(self, out: TextOut, edition: Edition) -> None:
        self.xml: Any = SimplerXMLGenerator(out, "utf-8")  # type: ignore[arg-type]
        names = _ELEMENTS.items()
        self.names = {name: new if edition == "2019" else old for name, (new, old) in names}
        self.root = {**_ROOT[edition], "xml:lang": HTML_CODES[FIRST]}

    @contextmanager
    def document(self, title: str) -> Iterator[None]:
        self.xml.startDocument()
        with self.element("root", self.root):
            with self.element("header"), self.element("fileDesc"):
                with self.element("titleStmt"):
                    self.text("title", title)
                with self.element("sourceDesc"):
                    self.text("p", title)
            self.xml.ignorableWhitespace("\n")
            with self.element("text"), self.element("body"):
                self.xml.ignorableWhitespace("\n")
                yield
        self.xml.endDocument()

    @contextmanager
    def element(self, name: str, attributes: Attributes | None = None) -> Iterator[None]:
        name = self.names.get(name, name)
        self.xml.startElement(name, attributes or {})
        yield
        self.xml.endElement(name)

    def text(self, element: str, text: str, **attributes: str) -> None:
        # Here "term" is the element with the words: its group has that name for us.
        self.xml.addQuickElement(element, _CONTROLS.sub("", text), attributes)

    def concept(self, concept: Concept) -> None:
        key = concept.term.key
        with self.element("concept", {"id": key if concept.term.kind == PLAIN else f"name-{key}"}):
            if concept.subject:
                self.text("descrip", concept.subject, type="subjectField")
            for database, number in concept.references.items():
                address = _REFERENCES[database].format(number)
                label = f"{database} {number}"
                self.text("xref", label, type="externalCrossReference", target=address)
            if concept.source_url:
                self.text("admin", concept.source_url, type="source")
            if concept.note:
                self.text("note", concept.note)
            for tag, forms in _by_tag(concept.term).items():
                with self.element("language", {"xml:lang": tag}):
                    definition = concept.definitions.get(forms[0].language)
                    if definition and tag != _TRADITIONAL:
                        self.text("descrip", definition, type="definition")
                    for form in forms:
                        self.form(form, concept.part_of_speech)
        self.xml.ignorableWhitespace("\n")

    def form(self, form: Form, part_of_speech: str) -> None:
        with self.element("term"):
            self.text("term", form.text)
            self.text("termNote", part_of_speech, type="partOfSpeech")
            self.text("termNote", _TYPES.get(form.kind, "variant"), type="termType")
            status = "preferredTerm" if form.kind == "canonical" else "admittedTerm"
            status = "deprecatedTerm" if form.forbidden else status
            self.text("termNote", f"{status}-admn-sts", type="administrativeStatus")
            if form.valid_from or form.valid_until:
                self.text("note", f"{form.kind}: {form.valid_from}/{form.valid_until}")


def _by_tag(term: Term) -> dict[str, list[Form]]:
    """The forms of each language section, the canonical one first; empty sections left out."""
    tags: dict[str, list[Form]] = {tag: [] for tag in (*HTML_CODES.values(), _TRADITIONAL)}
    for form in sorted(term.forms, key=lambda form: form.kind != "canonical"):
        tags[_TRADITIONAL if form.kind == "traditional" else HTML_CODES[form.language]].append(form)
    return {tag: forms for tag, forms in tags.items() if forms}
