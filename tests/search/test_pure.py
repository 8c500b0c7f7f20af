"""Terms, queries and snippets: without a database."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.analysis import fold, fold_with_places, name_key, phrase, terms
from archive.search.query import MOST_TERMS, parse
from archive.search.snippets import Marker, marked, snippet


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("廣州灣", "广州湾"),
        ("Zhànjiāng", "zhanjiang"),
        ("ＡＢＣ１７", "abc17"),
        ("China’s", "china's"),
        ("ﬁne", "fine"),
        ("e\u0301", "e"),
    ],
)
def test_folds_what_looks_alike(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_chinese_ends_in_its_last_character() -> None:
    assert terms("湛江市，港") == ["湛江", "江市", "市", "港"]
    assert phrase("湛江市").terms == ("湛江", "江市")
    assert phrase("湛").is_open


@pytest.mark.parametrize("name", ["Zhàn jiāng", "ZHANJIANG", "zhan-jiang", "Ｚhanjiang"])
def test_a_name_has_one_key(name: str) -> None:
    assert name_key(name) == "zhanjiang"


def test_reads_the_query_language() -> None:
    query = parse('port OR harbour -air "sister city" after:2015 before:2015-02 page:B8')
    port, air, city, after, before, page = query.clauses
    assert [term.text for term in port.terms] == ["port", "harbour"]
    assert air.is_excluded
    assert city.terms[0].is_quoted
    assert after.terms[0].day == date(2015, 1, 1)
    assert before.terms[0].day == date(2015, 2, 28)
    assert page.terms[0].field == "page"


def test_a_field_without_sense_is_looked_for_as_a_word() -> None:
    assert [clause.terms[0].text for clause in parse("after:noon").clauses] == ["noon"]


def test_a_long_query_is_cut() -> None:
    query = parse("word " * 2000)
    assert query.was_cut
    assert len(query.clauses) <= MOST_TERMS


PIECES = st.sampled_from(
    ['"', "“", "”", "「", "-", "OR", "headline:", "page:", "before:9999-12", "after:0000", " ", "("]
)


# Ten thousand more, whole queries, are in test_any_query.py.
@settings(max_examples=1_000)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=5).map("".join))
def test_any_text_is_a_query(text: str) -> None:
    query = parse(text)
    assert len(query.clauses) <= MOST_TERMS


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=14).map("".join))
def test_marks_in_safe_html(text: str) -> None:
    marker = Marker(term.phrase for clause in parse(text).clauses for term in clause.terms)
    assert "<script" not in marked(text + "<script>", marker)


@given(st.text())
def test_every_folded_character_has_its_place(text: str) -> None:
    folded, places = fold_with_places(text)
    assert len(places or [*text, ""]) == len(folded) + 1


@pytest.mark.parametrize(
    ("query", "text", "html"),
    [
        ("湛江", "廣東湛江市", "廣東<wbr><mark>湛江</mark>市"),
        ("广东湛江", "廣東湛江市", "<mark>廣東<wbr>湛江</mark>市"),
        ("city", "Cities & capacity", "<mark>Cities</mark> &amp; capacity"),
        ("ports", "A <b>port</b>'s end", "A &lt;b&gt;<mark>port</mark>&lt;/b&gt;&#x27;s end"),
        ("sister city", "Sister-cities meet", "<mark>Sister-cities</mark> meet"),
        ("cafe", "The café's door", "The <mark>café&#x27;s</mark> door"),
        ("江", "湛江", "湛<mark>江</mark>"),
        ("港 port", "港 ports", "<mark>港 ports</mark>"),
        # A headline breaks between words, also beside a mark.
        (
            "湛江",
            "湛江续写百年对美",
            "<mark>湛江</mark><wbr>续写<wbr>百年<wbr>对美",
        ),
    ],
)
def test_marks_what_was_looked_for(query: str, text: str, html: str) -> None:
    assert marked(text, Marker([phrase(query)])) == html


def test_cuts_at_the_ends_of_sentences() -> None:
    text = "第一句话。第二句讲湛江的港口。第三句" + "很长" * 80 + "。"
    assert snippet(text, Marker([phrase("港口")]), "zh-hans") == "第二句讲湛江的<mark>港口</mark>。"
    english = "First words. The port of call is here. " + "Long " * 60
    assert (
        snippet(english, Marker([phrase("ports")]), "en")
        == "The <mark>port</mark> of call is here."
    )


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (
            "First. Gov. Chris Christie of N.J. saw the port. Last.",
            "Gov. Chris Christie of N.J. saw the <mark>port</mark>. Last.",
        ),
        (
            "One. In the U.S. a port pays $1.5 billion.\nMore.",
            "In the U.S. a <mark>port</mark> pays $1.5 billion.",
        ),
        ("“Who?” he asked. “A port!” said Mr. Li", "“A <mark>port</mark>!” said Mr. Li"),
    ],
)
def test_a_full_stop_inside_a_sentence_ends_no_snippet(text: str, cut: str) -> None:
    assert snippet(text, Marker([phrase("port")]), "en") == cut


@pytest.mark.parametrize("text", ["或", "OR", "OR OR", "或 或"])
def test_or_by_itself_is_a_word(text: str) -> None:
    [clause] = parse(text).clauses
    assert clause.terms[0].phrase == phrase(text.split()[0])


def test_or_without_a_neighbour_joins_nothing() -> None:
    assert [len(clause.terms) for clause in parse("或 港 或 口 或").clauses] == [2]
