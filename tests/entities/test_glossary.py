"""Names found in texts of either language: leftmost, longest, and nothing inside other words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.contrib.exchange.name_lists import parse_glossary
from archive.entities.glossary.terms import Form, Glossary, Term
from archive.text.language import CHINESE, ENGLISH, column
from tests.entities.terms import GLOSSARY, PORTLAND_ME, PORTLAND_OR, TERMS


def found(text: str, language: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in GLOSSARY.find(text, language)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Zhanjiang's port", ["Zhanjiang"]),
        ("the Zhanjiang-based firm", ["Zhanjiang"]),
        ("ZHANJIANG LOOKS WEST", ["ZHANJIANG"]),
        ("zhanjiang", []),
        ("Zhanjiangs", []),
        ("a long beach", []),
        ("Long Beach", ["Long Beach"]),
        ("the Port of Long Beach and Long Beach", ["Port of Long Beach", "Long Beach"]),
        ("the port of Long Beach", ["port of Long Beach"]),
        ("Long\nBeach, Long\u00a0Beach", ["Long\nBeach", "Long\u00a0Beach"]),
        ("a sister-city tie between Sister Cities", ["sister-city", "Sister Cities"]),
        ("BRI, bri", ["BRI"]),
        ("Sun Yat‑sen University", ["Sun Yat‑sen University"]),
        ("Xi said in Xi'an, at Xi's", ["Xi", "Xi"]),
        ("Sao Paulo, SÃO PAULO", ["Sao Paulo", "SÃO PAULO"]),
        ("Zhán\u00adjiāng", ["Zhán\u00adjiāng"]),
        ("ends with Long", []),
        ("", []),
    ],
)
def test_english_names_have_borders_and_their_own_case(text, names):
    assert found(text, ENGLISH) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("如今湛江仍与美国保持联系", ["湛江"]),
        ("湛江市市长王中丙表示", ["湛江市", "王中丙"]),
        ("加州长滩港在长滩", ["长滩港", "长滩"]),
        ("中山大学在中山", ["中山大学", "中山"]),
        ("其中山东、江苏两省", []),
        ("在海上海运受阻", []),
        ("以上海为例", ["上海"]),
        ("会上上海代表", ["上海"]),
        ("按照‘一带一路’倡议", ["‘一带一路’倡议"]),
        ("一带一路建设", ["一带一路"]),
        ("陳蘭彬與湛江", ["陳蘭彬", "湛江"]),
        ("查尔斯•帕克特", ["查尔斯•帕克特"]),
        ("江", []),
    ],
)
def test_chinese_names_are_found_in_unspaced_text(text, names):
    assert found(text, CHINESE) == names


def test_a_name_in_the_other_script_is_found_between_han():
    assert found("湛江（Zhanjiang）和Zhanjiang市", ENGLISH) == ["Zhanjiang", "Zhanjiang"]


@pytest.mark.parametrize(
    ("text", "language", "form"),
    [
        ("Chankiang", ENGLISH, Form("Chankiang", ENGLISH, "alias", forbidden=True)),
        ("陳蘭彬", CHINESE, Form("陳蘭彬", CHINESE, "traditional")),
        ("ZHANJIANG", ENGLISH, Form("Zhanjiang", ENGLISH)),
    ],
)
def test_a_hit_says_which_form_it_is(text, language, form):
    assert [hit.form for hit in GLOSSARY.find(text, language)] == [form]


def test_a_listed_traditional_form_is_found_as_such():
    listed = Form("陳蘭彬", CHINESE, "traditional")
    term = Term(1, "chen", "person", (Form("陈兰彬", CHINESE), listed))
    assert [hit.form for hit in Glossary((term,)).find("陳蘭彬", CHINESE)] == [listed]


def test_an_ambiguous_form_carries_all_its_terms():
    (hit,) = GLOSSARY.find("Portland", ENGLISH)
    assert hit.terms == (PORTLAND_OR, PORTLAND_ME)


@pytest.mark.parametrize(
    ("since", "until", "day", "in_use"),
    [
        ("", "", date(2015, 9, 22), True),
        ("1899", "1945-08", date(1945, 8, 31), True),
        ("1899", "1945-08", date(1945, 9, 1), False),
        ("1958", "", date(1957, 12, 31), False),
        ("", "1945", date(2015, 9, 22), False),
    ],
)
def test_a_form_knows_when_it_was_in_use(since, until, day, in_use):
    assert Form("广州湾", CHINESE, "former", False, since, until).is_in_use(day) is in_use


def test_terms_are_found_by_their_ids():
    assert GLOSSARY.of({1, 999}) == [TERMS[0]]


@pytest.mark.parametrize(
    ("name", "text", "is_found"),
    [
        ("三角", "珠三角经济区", False),
        ("三角", "三角地带", True),
        ("三角洲", "珠江三角洲", False),
        ("小林", "大小林木", False),
        ("小林", "小林场", False),
        ("小林", "小林业主", True),
        ("李强", "李强调了", False),
        ("李强", "记者李强报道", True),
        ("张平", "张平日前到访", True),
        ("成都", "成都市", True),
    ],
)
def test_a_chinese_name_in_other_words_is_none(name: str, text: str, is_found: bool) -> None:
    glossary = Glossary((Term(1, name, "place", (Form(name, CHINESE),)),))
    assert [hit.form.text for hit in glossary.find(text, CHINESE)] == [name] * is_found


pieces = st.text(alphabet="龘邕ab", min_size=1, max_size=4)


forms = st.lists(pieces, max_size=8, unique=True)


texts = st.lists(pieces, max_size=10).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts))
)


@given(forms, texts)
def test_finds_what_a_naive_scan_finds(listed, text):
    glossary = Glossary(
        tuple(
            Term(number, form, "topic", (Form(form, CHINESE),))
            for number, form in enumerate(listed)
        )
    )
    assert [(hit.start, hit.end) for hit in glossary.find(text, CHINESE)] == naive(listed, text)


def naive(listed: list[str], text: str) -> list[tuple[int, int]]:
    """Every form at every place, the longest first."""
    spans, place = [], 0
    while place < len(text):
        fits = [form for form in listed if is_there(form, text, place)]
        if fits:
            spans.append((place, place + len(max(fits, key=len))))
        place = spans[-1][1] if fits else place + 1
    return spans


def is_there(form: str, text: str, start: int) -> bool:
    """The Han characters of the test are in no word of the dictionary."""
    end = start + len(form)
    before, after = text[:start][-1:], text[end:][:1]
    if not text.startswith(form, start) or (len(form) == 1 and not form.isascii()):
        return False
    return not (
        (form[0].isascii() and before.isascii() and before.isalpha())
        or (form[-1].isascii() and after.isascii() and after.isalpha())
    )


HEADER = "en,zh,kind,aliases_en,forbidden_zh,wikidata_id,key\n"


def test_a_line_gives_names_forms_and_facts():
    text = f"\ufeff{HEADER}Wang Zhongbing,王中丙,person,Wang Zhong-bing,王中平；王忠炳,Q1,\n"
    (row,) = parse_glossary(text, "list.csv").rows
    assert row.names == {ENGLISH: "Wang Zhongbing", CHINESE: "王中丙"}
    assert row.facts == {"wikidata_id": "Q1"}
    assert [(form.text, form.language, form.forbidden) for form in row.forms] == [
        ("Wang Zhong-bing", ENGLISH, False),
        ("王中平", CHINESE, True),
        ("王忠炳", CHINESE, True),
    ]


def test_a_kind_of_place_stands_where_the_kind_is_asked_for():
    (row,) = parse_glossary("zh,kind\n湛江,city\n", "list.csv").rows
    assert (row.kind, row.place_type) == ("place", "city")


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        (",,person,,,,", "en", "in both"),
        ("A,,tree,,,,", "kind", "person"),
        ("A,甲,person,,甲,,", "forbidden_zh", "remove one of the two"),
        ("A,,person,,,59144,", "wikidata_id", "Q59144"),
        ("A,,person,,,,New York", "key", "new-york"),
        ("A,person", "", "number of cells"),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_goes_in(line, field, words):
    parsed = parse_glossary(f"{HEADER}{line}\nB,乙,person,,,,\n", "list.csv")
    (error,) = parsed.errors
    assert (error.file, error.line, error.field) == ("list.csv", 2, field)
    assert words in error.message
    assert [str(row) for row in parsed.rows] == ["B / 乙"]


def test_a_quotation_mark_that_is_never_closed_is_reported():
    text = f'{HEADER}A,甲,person,,,,\n"B,乙,person,,,,\n{"x" * 140_000}'
    parsed = parse_glossary(text, "list.csv")
    assert [str(row) for row in parsed.rows] == ["A / 甲"]
    assert ["quotation mark" in error.message for error in parsed.errors] == [True]
    (error,) = parse_glossary(f'"{"x" * 140_000}', "list.csv").errors
    assert "quotation mark" in error.message


def test_a_character_that_no_database_holds_is_reported():
    parsed = parse_glossary(f"{HEADER}A\x00,甲,person,,,,\nB,乙,person,,,,\n", "list.csv")
    assert [(error.line, "stored" in error.message) for error in parsed.errors] == [(2, True)]
    assert [str(row) for row in parsed.rows] == ["B / 乙"]


@pytest.mark.parametrize(("header", "field"), [("en,zh", "kind"), ("en,kind,chinese", "chinese")])
def test_a_wrong_header_is_named(header, field):
    assert field in [error.field for error in parse_glossary(f"{header}\n", "list.csv").errors]


def test_columns_of_the_model_and_the_file_agree():
    (row,) = parse_glossary("zh,kind,description_zh\n湛江,city,港口。\n", "list.csv").rows
    assert row.facts == {column("description", CHINESE): "港口。"}
