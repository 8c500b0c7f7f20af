"""Which blocks of an older body a new one continues."""

from dataclasses import replace

import pytest

from archive.contrib.intake.body import carry_over, compose
from archive.contrib.intake.documents import DocumentImage
from archive.contrib.intake.records import BlockType, ParsedArticle, ParsedBlock, ParsedCaption
from tests.factories import block


def article(*texts: str, captions: tuple[ParsedCaption, ...] = ()) -> ParsedArticle:
    blocks = tuple(ParsedBlock("paragraph", text) for text in texts)
    return ParsedArticle("a.txt", "en", "Headline", blocks=blocks, captions=captions)


def ids(blocks: list[dict]) -> list[str]:
    return [entry["id"] for entry in blocks]


def test_captions_become_pictures_where_they_stood() -> None:
    captions = (ParsedCaption("Port", "Li Na", after=1), ParsedCaption("Ship", after=2))
    body = compose(article("One.", "Two.", captions=captions))
    assert [entry["type"] for entry in body] == ["paragraph", "image", "paragraph", "image"]
    missing = {"image": None, "caption": "Port", "alt_text": "", "credit": "Li Na"}
    assert body[1]["value"] == missing


def test_a_picture_that_is_missing_leaves_its_description_with_its_caption() -> None:
    captions = (ParsedCaption("Port", after=1, image="port.jpg"),)
    images = (DocumentImage("port.jpg", after=1, alt_text="Cranes at the quay"),)
    parsed = replace(article("One.", captions=captions), images=images)
    assert compose(parsed)[1]["value"]["alt_text"] == "Cranes at the quay"
    # The picture that is there has it itself.
    assert compose(parsed, {"port.jpg": 1})[1]["value"]["alt_text"] == ""


def test_a_picture_without_file_and_caption_keeps_its_place_and_description() -> None:
    image = DocumentImage("port.jpg", after=1, alt_text="Cranes at the quay")
    body = compose(replace(article("One.", "Two."), images=(image,)))
    assert [entry["type"] for entry in body] == ["paragraph", "image", "paragraph"]
    missing = {"image": None, "caption": "", "alt_text": "Cranes at the quay", "credit": ""}
    assert body[1]["value"] == missing


def test_the_first_picture_leads_where_somebody_wants_it() -> None:
    captions = (ParsedCaption("Port", after=1), ParsedCaption("Ship", after=2))
    parsed = article("One.", "Two.", captions=captions)
    leading = replace(parsed, leads_with_picture=True)
    body = compose(leading)
    assert [entry["type"] for entry in body] == ["image", "paragraph", "paragraph", "image"]
    assert body[0]["value"]["caption"] == "Port"
    assert leading.digest != parsed.digest


def test_text_is_not_taken_for_markup() -> None:
    body = compose(article('Profit <b>rose</b> & "fell"'))
    assert body[0]["value"] == '<p>Profit &lt;b&gt;rose&lt;/b&gt; &amp; "fell"</p>'


@pytest.mark.parametrize(
    ("kind", "text", "markup", "value"),
    [
        ("quote", "We waited.\n—Li Na", "", {"quote": "We waited.", "attribution": "Li Na"}),
        ("subhead", "Room for growth", "", "Room for growth"),
        ("paragraph", "It grows.", "It <b>grows</b>.", "<p>It <b>grows</b>.</p>"),
        ("paragraph", "It grows.", "It <script>x</script>grows.", "<p>It grows.</p>"),
        ("paragraph", "It grows.", "Other <b>words</b>.", "<p>It grows.</p>"),
    ],
)
def test_each_kind_of_block_is_stored_as_its_own(
    kind: BlockType, text: str, markup: str, value: object
) -> None:
    parsed = ParsedBlock(kind, text, markup)
    (stored,) = compose(replace(article(), blocks=(parsed,)))
    stored_kind = "pull_quote" if kind == "quote" else kind
    assert (stored["type"], stored["value"]) == (stored_kind, value)


def test_lists_and_tables_are_stored_row_by_row() -> None:
    parsed = (ParsedBlock("list", "Cod\nEel"), ParsedBlock("table", "Port\tTons\nXuwen"))
    items, table = (entry["value"] for entry in compose(replace(article(), blocks=parsed)))
    assert [entry["value"] for entry in items["items"]] == ["<p>Cod</p>", "<p>Eel</p>"]
    assert table["data"] == [["Port", "Tons"], ["Xuwen", ""]]


@pytest.mark.parametrize("texts", [("One.", "Two."), ("一。", "二。"), ("Same.", "Same.")])
def test_unchanged_and_moved_blocks_keep_their_ids(texts: tuple[str, str]) -> None:
    old = compose(article(*texts))
    new = carry_over(old, compose(article(texts[1], "Quite another text!", texts[0])))
    kept = [entry["id"] for entry in new if entry["id"] in ids(old)]
    assert sorted(kept) == sorted(ids(old))
    by_id = {entry["id"]: entry["value"] for entry in new}
    assert {id_: by_id[id_] for id_ in ids(old)} == {e["id"]: e["value"] for e in old}


def test_an_unchanged_block_keeps_its_mark_up() -> None:
    tagged = '<p data-block-key="a1">The <a linktype="entity" id="7">port</a> opens.</p>'
    old = [block("paragraph", tagged)]
    assert carry_over(old, compose(article("The port opens."))) == old


@pytest.mark.parametrize(
    ("before", "after", "continues"),
    [
        ("The port handled 100 ships last year.", "The port handled 120 ships last year.", True),
        ("湛江港去年吞吐量达一亿吨。", "湛江港去年吞吐量达两亿吨。", True),
        ("The port handled 100 ships last year.", "Quite another matter altogether!", False),
    ],
)
def test_a_reworded_block_keeps_its_id(before: str, after: str, continues: bool) -> None:
    old = compose(article(before))
    new = carry_over(old, compose(article(after)))
    assert (ids(new) == ids(old)) is continues
    assert new[0]["value"] == f"<p>{after}</p>"


def test_a_corrected_figure_of_a_table_is_taken_over() -> None:
    old, new = (
        compose(replace(article(), blocks=(ParsedBlock("table", f"Port\tTons\nXuwen\t{tons}"),)))
        for tons in ("1,240", "1,950")
    )
    [kept] = carry_over(old, new)
    assert kept == {**new[0], "id": old[0]["id"]}


def test_a_caption_keeps_the_picture_that_an_editor_chose() -> None:
    chosen = {"image": 5, "caption": "Port", "alt_text": "Cranes", "credit": "Li Na"}
    old = [block("image", chosen)]
    new = carry_over(old, compose(article(captions=(ParsedCaption("Port", "Li Na / Xinhua"),))))
    assert new == [{**old[0], "value": {**chosen, "credit": "Li Na / Xinhua"}}]


def test_a_picture_that_an_update_does_not_bring_stays_where_it_stood() -> None:
    captions = (ParsedCaption("Port", after=1),)
    old = compose(article("The port opens.", "Ships wait.", captions=captions))
    old[1]["value"]["image"] = 7
    new = carry_over(old, compose(article("The port opens.", "Ships still wait.", "All of them.")))
    assert [one["type"] for one in new] == ["paragraph", "image", "paragraph", "paragraph"]
    assert new[1] == old[1]
    again = compose(article(captions=(ParsedCaption("Quite another one"),)), {"": 7})
    assert [one["type"] for one in carry_over(old, again)] == ["image"]
