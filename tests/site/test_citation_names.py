"""Which part of a name is the family's."""

import pytest

from archive.site.citations.records import name_in_parts


@pytest.mark.parametrize(
    ("text", "chinese", "in_order"),
    [
        ("Li Na", "李娜", "Li, Na"),
        ("Na Li", "李娜", "Li, Na"),
        ("Ouyang Xiu", "欧阳修", "Ouyang, Xiu"),
        ("Zhang Xiaoming", "", "Zhang, Xiaoming"),
        ("Tom J. Reed", "汤姆·里德", "Reed, Tom J."),
        ("Han Solomon", "", "Solomon, Han"),
        ("Vincent van Gogh", "", "van Gogh, Vincent"),
        ("Lena van der Berg", "", "van der Berg, Lena"),
        ("Robert Downing Jr.", "", "Robert Downing Jr."),
        ("Martin King, Jr.", "", "Martin King, Jr."),
        ("李娜", "李娜", "李娜"),
        ("汤姆·里德", "汤姆·里德", "汤姆·里德"),
        ("Xinhua", "新华社", "Xinhua"),
    ],
)
def test_a_name_is_sorted_by_its_family(text: str, chinese: str, in_order: str) -> None:
    assert name_in_parts(text, chinese=chinese).sorted == in_order


@pytest.mark.parametrize(
    ("text", "chinese", "written"),
    [
        ("Li Na", "李娜", "Li Na"),
        ("Na Li", "李娜", "Li Na"),
        ("Tom Reed", "汤姆·里德", "Tom Reed"),
    ],
)
def test_only_chinese_people_are_named_family_first(text: str, chinese: str, written: str) -> None:
    assert str(name_in_parts(text, chinese=chinese)) == written
