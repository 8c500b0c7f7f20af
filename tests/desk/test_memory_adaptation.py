"""A remembered translation for a source with other figures, dates or names."""

import time

import pytest

from archive.desk.memory.adaptation import adapt
from archive.entities.glossary.terms import Form, Glossary, Term
from archive.text.language import CHINESE, ENGLISH

EN = "The port handled 114 million tons of cargo on March 5, up 12.5 percent."
ZH = "3月5日，该港处理货物1.14亿吨，增长12.5%。"


def name(pk: int, english: str, chinese: str) -> Term:
    return Term(pk, english, "place", (Form(english, ENGLISH), Form(chinese, CHINESE)))


NAMES = Glossary((name(1, "Tacoma", "塔科马"), name(2, "Seattle", "西雅图"), name(3, "Nome", "")))


@pytest.mark.parametrize(
    ("change", "target"),
    [
        (("114", "220"), ZH.replace("1.14", "2.2")),
        (("114", "98"), ZH.replace("1.14亿", "9800万")),
        (("12.5", "3"), ZH.replace("12.5", "3")),
        (("March 5", "May 6"), ZH.replace("3月5", "5月6")),
        (("cargo", "goods"), ZH),
    ],
)
def test_figures_and_dates_are_adapted_to_chinese(change, target):
    found = adapt(EN, ZH, EN.replace(*change), language=ENGLISH)
    assert (found.target, found.doubts) == (target, ())
    assert [found.target[start:end] for start, end in found.spans] == [
        one.split(" → ")[1] for one in found.changes
    ]


@pytest.mark.parametrize(
    ("change", "target"),
    [
        (("1.14", "21"), EN.replace("114 million", "2.1 billion")),
        (("3月5", "10月16"), EN.replace("March 5", "October 16")),
        (("12.5", "7.25"), EN.replace("12.5", "7.25")),
    ],
)
def test_figures_and_dates_are_adapted_to_english(change, target):
    found = adapt(ZH, EN, ZH.replace(*change), language=CHINESE)
    assert (found.target, found.doubts) == (target, ())


@pytest.mark.parametrize(
    ("old", "target", "new", "doubt"),
    [
        # In words there: nobody knows how the paper would put the new one.
        ("Twelve ships came.", "来了十二艘船。", "Forty ships came.", "十二"),
        # Twice there, once here.
        ("It has 500 beds.", "床位500张，共500张。", "It has 700 beds.", "500"),
        # One figure more.
        ("It cost 500 yuan.", "花费500元。", "It cost 500 yuan, not 900 yuan.", "900 yuan"),
    ],
)
def test_what_cannot_be_placed_is_a_doubt_and_no_guess(old, target, new, doubt):
    found = adapt(old, target, new, language=ENGLISH)
    assert found.target == target
    assert doubt in [one.words for one in found.doubts]


SHRIMP = (
    "Frozen shrimp made up 38 percent of the 4.7 million tons, up from 29.5 percent in 2016.",
    "在470万吨货物中，冻虾占38%，高于2016年的29.5%。",
)


@pytest.mark.parametrize(
    ("new", "target"),
    [
        # A figure of the old text that stands in the new one says something else there.
        (
            "Frozen shrimp made up 41 percent of the 5.1 million tons, up from 38 percent in 2018.",
            "在510万吨货物中，冻虾占41%，高于2018年的38%。",
        ),
        (
            "Frozen shrimp made up 29.5 percent of the 4.7 million tons, up from 38 percent.",
            "在470万吨货物中，冻虾占29.5%，高于2016年的38%。",
        ),
        (
            "Last year frozen shrimp made up 41 percent of 5.1 million tons, up from 38 percent.",
            "在510万吨货物中，冻虾占41%，高于2016年的38%。",
        ),
    ],
)
def test_a_figure_is_replaced_by_the_one_in_its_place(new, target):
    assert adapt(*SHRIMP, new, language=ENGLISH).target == target


@pytest.mark.parametrize(
    ("old", "target", "new", "doubt"),
    [
        (
            SHRIMP[0],
            SHRIMP[1],
            "From 38 percent of 4.7 million tons in 2016, frozen shrimp rose to 41 percent.",
            "38%",
        ),
        ("38 came, 45 left.", "来了38人，走了45人。", "45 left, 38 came.", "38"),
        ("38 came, 45 left.", "来了38人，走了45人。", "38 left, 47 came.", "45"),
        # What they are attached to is another thing, in a sentence of another structure.
        (
            "Sales rose 12.5 percent to $860 million. Imports fell 3.4 percent to $1.2 billion.",
            "销售增长12.5%，达8.6亿美元。进口下降3.4%，为12亿美元。",
            "Sales rose $860 million to $1.2 billion. Imports fell 12.5 percent from 3.4 percent.",
            "12.5%",
        ),
        # The figure that stays and the one that goes are written alike.
        ("38 men and 38 ships came.", "38人乘船来了。", "38 men and 41 ships came.", "38"),
    ],
)
def test_figures_whose_places_are_not_sure_differ(old, target, new, doubt):
    found = adapt(old, target, new, language=ENGLISH)
    assert (found.target, found.changes) == (target, ())
    assert doubt in [one.in_target for one in found.doubts]


def test_names_in_exchanged_places_are_exchanged():
    found = adapt(
        "Tacoma beat Seattle.",
        "塔科马战胜西雅图。",
        "Seattle beat Tacoma.",
        language=ENGLISH,
        names=NAMES,
    )
    assert (found.target, found.doubts) == ("西雅图战胜塔科马。", ())


def test_the_opposite_of_the_new_source_differs():
    new = SHRIMP[0].replace("up from", "down from")
    found = adapt(*SHRIMP, new, language=ENGLISH)
    assert [one.in_target for one in found.doubts] == ["高于"]
    assert adapt(*SHRIMP, SHRIMP[0].replace("Frozen", "The frozen"), language=ENGLISH).doubts == ()


def test_names_are_adapted_where_the_new_one_has_a_form():
    old, target = "Tacoma signed.", "塔科马签约，塔科马人欢庆。"
    found = adapt(old, target, "Seattle signed.", language=ENGLISH, names=NAMES)
    assert (found.target, found.changes) == ("西雅图签约，西雅图人欢庆。", ("塔科马 → 西雅图",))
    unknown = adapt(old, target, "Nome signed.", language=ENGLISH, names=NAMES)
    assert (unknown.target, unknown.doubts[0].in_target) == (target, "塔科马")


def test_a_figure_that_was_wrong_already_is_told():
    found = adapt("114 tons came.", "来了115吨。", "116 tons came.", language=ENGLISH)
    assert "115吨" in [one.in_target for one in found.doubts]


def test_a_list_of_thousands_of_figures_is_left_alone_at_once():
    text = "12 of 30; " * 1_000
    start = time.monotonic()
    found = adapt(text, text, f"{text} and 7 of 31", language=ENGLISH)
    assert (found.target, found.changes) == (text, ())
    assert found.doubts
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("old", "target", "new", "adapted"),
    [
        ("It opens Monday.", "周一开馆。", "It opens Friday.", "周五开馆。"),
        (
            "The 12th fair closed.",
            "第十二届博览会闭幕。",
            "The 23rd fair closed.",
            "第二十三届博览会闭幕。",
        ),
        (
            "The 12th fair closed.",
            "第12届博览会闭幕。",
            "The 13th fair closed.",
            "第13届博览会闭幕。",
        ),
    ],
)
def test_weekdays_and_ordinals_are_adapted_to_chinese(old, target, new, adapted):
    assert adapt(old, target, new, language=ENGLISH).target == adapted


@pytest.mark.parametrize(
    ("old", "target", "new", "adapted"),
    [
        ("周一开馆。", "It opens on Mondays.", "周四开馆。", "It opens on Thursdays."),
        (
            "第11届博览会闭幕。",
            "The 11th fair closed.",
            "第22届博览会闭幕。",
            "The 22nd fair closed.",
        ),
    ],
)
def test_weekdays_and_ordinals_are_adapted_to_english(old, target, new, adapted):
    assert adapt(old, target, new, language=CHINESE).target == adapted


PORTS = Glossary(
    (
        name(1, "Port of Long Beach", "长滩港"),
        name(2, "Long Beach", "长滩"),
        name(3, "Seattle", "西雅图"),
        name(4, "Port of Odd", "奇港"),
    )
)


@pytest.mark.parametrize(
    ("old", "target", "new", "wanted"),
    [
        (
            "The Port of Long Beach grew.",
            "长滩港有所扩大。",
            "The Port of Seattle grew.",
            "西雅图港",
        ),
        ("Long Beach harbor grew.", "长滩港有所扩大。", "Seattle harbor grew.", "西雅图港"),
        (
            "长滩港有所扩大。",
            "The Port of Long Beach grew.",
            "西雅图港有所扩大。",
            "Port of Seattle",
        ),
        # Another word for what it is, and a name of which nobody knows the parts.
        ("Long Beach harbor grew.", "长滩港有所扩大。", "Seattle airport grew.", ""),
        ("The Port of Odd grew.", "奇港有所扩大。", "The Port of Seattle grew.", ""),
    ],
)
def test_what_a_name_is_a_part_of_keeps_its_kind(old, target, new, wanted):
    language = CHINESE if old[0] == "长" else ENGLISH
    found = adapt(old, target, new, language=language, names=PORTS)
    assert [found.target[start:end] for start, end in found.spans] == ([wanted] if wanted else [])
    assert bool(found.doubts) == (not wanted)


@pytest.mark.parametrize(
    ("old", "target", "new", "wanted"),
    [
        ("It is 30 meters long.", "长30米。", "It is 45 miles long.", "45英里"),
        ("长30公里。", "It is 30 kilometers long.", "长2,400米。", "2,400 meters"),
        ("长30公里。", "It is 30 km long.", "长30米。", ""),
        ("It is 30 meters long.", "长30米。", "It is 30 tons heavy.", ""),
    ],
)
def test_a_measure_in_another_unit_is_adapted(old, target, new, wanted):
    language = CHINESE if old[0] == "长" else ENGLISH
    found = adapt(old, target, new, language=language)
    assert [found.target[start:end] for start, end in found.spans] == ([wanted] if wanted else [])
    assert bool(found.doubts) == (not wanted)
