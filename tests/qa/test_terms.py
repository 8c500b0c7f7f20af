"""Checks of terms that are no names: missing or forbidden, and quiet on good translations."""

import pytest

from archive.entities.glossary.terms import PLAIN, Glossary
from archive.qa.base import Finding, Pair, Story
from archive.qa.checks.terms import TermForbidden, TermMissing
from archive.text.language import CHINESE, ENGLISH, other
from tests.entities.terms import term

SISTER = term(
    1, PLAIN, "sister city", "友好城市", "sister cities", "友城", "!姐妹城市", "!twin town"
)
FOOTPRINT = term(2, PLAIN, "ecological footprint", "生态足迹", "!生态脚印")
FACILITY = term(3, PLAIN, "plant", "工厂")
VEGETATION = term(4, PLAIN, "plant", "植物", "!工厂")
FLOWER = term(5, PLAIN, "flower", "花卉")
FLORA = term(6, PLAIN, "flora", "植物群", "!花卉")
# A name that has a term in it.
SCI = term(9, "organisation", "Sister City International", "国际友好城市协会")
TERMS = Glossary((SISTER, FOOTPRINT, FACILITY, VEGETATION, FLOWER, FLORA))


def story(source: str, target: str, kind: str = "paragraph", language: str = ENGLISH) -> Story:
    pair = Pair("p", kind, source, target)
    return Story((pair,), language, other(language), Glossary((SCI,)), TERMS)


def findings(checked: Story) -> list[Finding]:
    checks = (TermMissing(), TermForbidden())
    return [one for check in checks for one in check.check(checked.pairs[0], checked)]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("They became sister cities.", "两市结为友好城市。", []),
        ("They became sister cities.", "两市结为友城。", []),
        ("They became sister cities.", "两市结为兄弟城市。", ["term-missing"]),
        ("They became sister cities.", "两市结为姐妹城市。", ["term-forbidden"]),
        ("They became friends.", "两市结为姐妹城市。", ["term-forbidden"]),
        ("Our ecological footprint", "我们的生态足迹", []),
        ("Our ECOLOGICAL FOOTPRINT", "我们的足印", ["term-missing"]),
        # A word of two meanings: either will do, and what one forbids the other may have.
        ("The plant grows.", "植物生长。", []),
        ("The plant works.", "工厂开工。", []),
        ("The plant works.", "车间开工。", ["term-missing"]),
        ("Rare flora.", "珍稀花卉。", ["term-forbidden"]),
        ("A rare flower.", "珍稀花卉。", []),
        # It is a part of the name, in both texts.
        ("Sister City International met.", "国际姐妹协会开会。", []),
        ("Nothing of it.", "与此无关。", []),
    ],
)
def test_terms_into_chinese(source, target, expected) -> None:
    assert [one.check_id for one in findings(story(source, target))] == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("两市结为友好城市。", "They became sister cities.", []),
        ("两市结为友城。", "They became Sister Cities.", []),
        ("两市结为友好城市。", "They became brother cities.", ["term-missing"]),
        ("两市结为友好城市。", "It became a twin town.", ["term-forbidden"]),
        # What Chinese forbids is no term where the source has it.
        ("两市结为姐妹城市。", "They became friends.", []),
    ],
)
def test_terms_into_english(source, target, expected) -> None:
    checked = story(source, target, language=CHINESE)
    assert [one.check_id for one in findings(checked)] == expected


def test_the_messages_name_the_wanted_form_and_the_place() -> None:
    (missing,) = findings(story("Two sister cities met.", "两座城市会面。"))
    assert missing.message == "“sister cities” is 友好城市 in the glossary."
    assert (missing.severity, missing.source_spans) == ("warning", ((4, 17),))
    (forbidden,) = findings(story("Two sister cities met.", "两座姐妹城市会面。"))
    assert forbidden.message == "“姐妹城市” is forbidden: write 友好城市."
    assert (forbidden.severity, forbidden.target_spans) == ("error", ((2, 6),))


def test_a_headline_may_say_it_otherwise_but_not_in_a_forbidden_form() -> None:
    assert findings(story("Sister cities meet", "两城会面", kind="headline")) == []
    (one,) = findings(story("Sister cities meet", "姐妹城市会面", kind="headline"))
    assert one.check_id == "term-forbidden"


def test_a_term_is_minded_once_in_a_segment() -> None:
    (one,) = findings(story("A sister city is a sister city.", "朋友就是朋友。"))
    assert one.source_spans == ((2, 13),)
