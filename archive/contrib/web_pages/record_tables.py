"""A database's page of records: tables and lists whose first column says what the second holds."""

from collections.abc import Iterator
from dataclasses import replace

from archive.contrib.intake.documents import DocumentLine, SourceDocument, from_lines
from archive.contrib.intake.labels.marks import is_citation, is_record
from archive.contrib.intake.markup_lines import MarkupLines, lines_of
from archive.text.markup.blocks import read_page
from archive.text.markup.html_tree import HtmlNode, parse_html

Pair = tuple[str, HtmlNode]


def read_records(source: str) -> SourceDocument | None:
    """The page's records, one below the other, and its other words as furniture; None for a page
    without any."""
    root = parse_html(source)
    found = MarkupLines()
    lines = found.lines
    for holder in root.find_all("table", "dl"):
        pairs = list(_pairs(holder))
        if not is_record([label for label, _value in pairs]):
            continue
        for number, (label, value) in enumerate(pairs):
            lines += _labelled(label, value, is_first=not number)
        holder.children = []
    if not lines:
        return None
    rest = lines_of([block for _node, block in read_page(root)])
    lines += [replace(line, kind="furniture", group="") for line in rest.lines]
    text, placed = from_lines(lines)
    return SourceDocument(text, placed)


def take_citation(root: HtmlNode) -> list[DocumentLine]:
    """The lines of a table that cites the page's story: paper, day, page. It is taken out."""
    for holder in root.find_all("table", "dl"):
        pairs = list(_pairs(holder))
        if is_citation([label for label, _value in pairs]):
            lines = [line for pair in pairs for line in _labelled(*pair, is_first=False)]
            holder.children = []
            return lines
    return []


def _pairs(holder: HtmlNode) -> Iterator[Pair]:
    """Each label with the element that holds its value."""
    if holder.name == "dl":
        label = ""
        for node in holder.walk():
            if node.name == "dt":
                label = _words(node)
            elif node.name == "dd":
                yield label, node
                label = ""
        return
    if holder.find("table"):
        return
    for row in holder.find_all("tr"):
        cells = row.find_all("td", "th")
        if len(cells) == 2:
            yield _words(cells[0]), cells[1]


def _labelled(label: str, value: HtmlNode, *, is_first: bool) -> Iterator[DocumentLine]:
    """The value's paragraphs, the first with the label."""
    gap = int(is_first)
    for line in lines_of([block for _node, block in read_page(value)]).lines:
        yield replace(line, kind="text", gap=gap, group="", label=label)
        label, gap = "", 0


def _words(node: HtmlNode) -> str:
    return " ".join(node.text().split()).rstrip(":：")
