"""Up isn't down, and yes isn't no."""

import pytest

from tests.qa.cases import ids


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Wages climbed again.", "工资再次上涨。", set()),
        ("Wages climbed again.", "工资再次下跌。", {"opposite"}),
        ("Wages climbed, then fell.", "工资先涨后跌。", set()),
        ("工资再次下跌。", "Wages climbed again.", {"opposite"}),
        ("She sold the mill.", "她买下了磨坊。", {"opposite"}),
        ("He is a poet.", "她是诗人。", {"opposite"}),
        ("The water is not safe.", "水不安全。", set()),
        ("The water is not safe.", "水很安全。", {"negation"}),
        ("The mill is open.", "磨坊没有关闭。", {"negation"}),
        ("They never met again.", "他们后来又见面了。", {"negation"}),
        ("他们从未见过面。", "They met often.", {"negation"}),
        ("他们从未见过面。", "They failed to meet.", set()),
        ("No 7 King Street", "国王街7号", set()),
        ("不少人来了。", "Many came.", set()),
        ("他不得不走。", "He had to go.", set()),
    ],
)
def test_the_opposite_of_the_source_is_found(source, target, found):
    assert ids(source, target) & {"opposite", "negation"} == found
