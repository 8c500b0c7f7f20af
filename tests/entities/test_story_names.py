"""Short names in a story: “Liu” and 刘书记 once the story has said who that is."""

import pytest

from archive.entities.glossary.terms import Glossary, find_in_story, is_foreign, short_names
from archive.text.language import CHINESE, ENGLISH
from tests.entities.terms import CHEN, GLOSSARY, LIU, PORT, PUCKETT, WANG, term


def found(language: str, *texts: str) -> list[list[str]]:
    return [
        [text[hit.start : hit.end] for hit in hits]
        for text, hits in zip(texts, find_in_story(GLOSSARY, texts, language), strict=True)
    ]


@pytest.mark.parametrize(
    ("language", "texts", "names"),
    [
        (ENGLISH, ["Liu Xiaohua came.", "Liu said"], [["Liu Xiaohua"], ["Liu"]]),
        (ENGLISH, ["Liu came with Liu Xiaohua."], [["Liu Xiaohua"]]),
        (ENGLISH, ["Liu Xiaohua came, Liu’s office said."], [["Liu Xiaohua", "Liu"]]),
        (ENGLISH, ["Liu said", "Liu Xiaohua came."], [[], ["Liu Xiaohua"]]),
        (ENGLISH, ["Liu Xiaohua came.", "Liu Yang said"], [["Liu Xiaohua"], []]),
        (ENGLISH, ["Charles Puckett", "Mayor Puckett"], [["Charles Puckett"], ["Puckett"]]),
        (CHINESE, ["市委书记刘小华", "刘书记说"], [["刘小华"], ["刘书记"]]),
        (CHINESE, ["查尔斯·帕克特", "帕克特说"], [["查尔斯·帕克特"], ["帕克特"]]),
        (CHINESE, ["刘书记说"], [[]]),
    ],
)
def test_a_short_name_is_found_after_the_full_one(language, texts, names):
    assert found(language, *texts) == names


def test_a_short_name_of_two_people_in_the_story_means_neither():
    other = term(99, "person", "Liu Bo", "刘波")
    hits = find_in_story(
        Glossary((LIU, other)), ["Liu Xiaohua", "Liu", "Liu Bo", "Liu said"], ENGLISH
    )
    assert [[hit.form.kind for hit in of_text] for of_text in hits] == [
        ["canonical"],
        ["short"],
        ["canonical"],
        [],
    ]


@pytest.mark.parametrize(
    ("person", "foreign"),
    [
        (WANG, False),
        (CHEN, False),
        (PUCKETT, True),
        (term(20, "person", "Dianne Feinstein", "范士丹"), True),
        (term(21, "person", "Yung Wing", "容闳", "Rong Hong"), False),
        (term(22, "person", "David Wu", "吴振伟", country="US"), True),
        (term(23, "person", "Carrie Lam", "林郑月娥", country="HK"), False),
    ],
)
def test_tells_a_translated_name_from_the_persons_own(person, foreign):
    assert is_foreign(person) is foreign


@pytest.mark.parametrize(
    ("one", "language", "names"),
    [
        (WANG, ENGLISH, ("Wang",)),
        (PUCKETT, ENGLISH, ("Puckett",)),
        (PUCKETT, CHINESE, ("帕克特",)),
        (PORT, ENGLISH, ()),
    ],
)
def test_only_people_have_short_names(one, language, names):
    assert short_names(one, language) == names
