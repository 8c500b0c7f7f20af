"""Pieces of a target and segments of a source, both ways: without a database."""

from dataclasses import dataclass

from archive.desk.pairs.linked_text import (
    Filling,
    LinkedPieces,
    TargetPiece,
    lay_out,
    pieces_of,
    read_links,
)
from archive.text.segmentation import RICH, SourceSegment

SOURCES = [
    SourceSegment("headline", "headline", "Port opens"),
    *(SourceSegment(key, "paragraph", f"<p>{key}</p>", RICH) for key in "abc"),
]
PIECES = [
    TargetPiece("港口开放"),
    *(TargetPiece(f"<p>{text}</p>", RICH) for text in ("甲", "乙", "丙")),
]
JOINABLE = frozenset("bc")


def fillings(*links: LinkedPieces) -> dict[str, Filling]:
    return lay_out(SOURCES, PIECES, links, JOINABLE).fillings


def test_a_segment_gets_the_pieces_that_it_is_linked_to() -> None:
    found = fillings(LinkedPieces((0,), (0,)), LinkedPieces((1,), (1, 2)))
    assert found == {"headline": Filling("港口开放"), "a": Filling("<p>甲</p><p>乙</p>")}


def test_segments_that_are_linked_together_are_joined_to_the_first() -> None:
    found = fillings(LinkedPieces((1, 2, 3), (1,), is_doubtful=True))
    assert [one.joined for one in found.values()] == [False, True, True]
    assert all(one.is_doubtful for one in found.values())


def test_what_cant_be_joined_stays_without_words() -> None:
    found = fillings(LinkedPieces((0, 1), (0,)))
    assert list(found) == ["headline"]


def test_a_segment_without_a_counterpart_is_left_out_and_a_piece_is_kept_aside() -> None:
    laid_out = lay_out(SOURCES, PIECES, [LinkedPieces((1,), ()), LinkedPieces((), (3,))], JOINABLE)
    assert laid_out.fillings == {"a": Filling(left_out=True)}
    assert set(laid_out.left_over) == {0, 1, 2, 3}


def test_pieces_take_the_markup_of_their_segment() -> None:
    found = fillings(LinkedPieces((0,), (1, 2)), LinkedPieces((1,), (0,)))
    assert (found["headline"].target, found["a"].target) == ("甲 乙", "<p>港口开放</p>")


def test_a_rich_text_is_read_paragraph_by_paragraph() -> None:
    assert len(pieces_of('<p data-x="1">a</p><p>b</p>', RICH)) == 2
    assert pieces_of("<ul><li>a</li></ul>", RICH) == [TargetPiece("<ul><li>a</li></ul>", RICH)]
    assert len(pieces_of("<p>" * 300_000, RICH)) == 1


@dataclass
class FakeRow:
    source: SourceSegment
    target: str = ""
    joined: bool = False
    left_out: bool = False
    is_done: bool = False
    is_stale: bool = False
    segment: object = None


def rows_with(found: dict[str, Filling]) -> list[FakeRow]:
    return [
        FakeRow(one, filling.target, filling.joined, filling.left_out, segment=filling)
        for one in SOURCES
        for filling in [found.get(one.key, Filling())]
    ]


def test_links_that_were_laid_out_are_read_back() -> None:
    links = [
        LinkedPieces((0,), (0,)),
        LinkedPieces((1,), ()),
        LinkedPieces((2, 3), (2, 3)),
    ]
    laid_out = lay_out(SOURCES, PIECES, links, JOINABLE)
    pieces, found = read_links(rows_with(laid_out.fillings), laid_out.left_over)
    assert (pieces, found) == (PIECES, links)


def test_pieces_kept_aside_are_shown_wherever_there_is_room() -> None:
    pieces, links = read_links(rows_with({}), {2: PIECES[2], 9: PIECES[3]})
    assert (pieces, links) == (PIECES[2:], [])
