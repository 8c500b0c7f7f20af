"""A clause that one text has alone, as far as a dictionary tells."""

import pytest

from archive.contrib.checks import coverage
from tests.qa.cases import ids

SHORT = "The storm tore the roof off the church."
LONG = "暴风雨掀掉了教堂的屋顶，邻居家的狗吠叫不止。"


@pytest.mark.parametrize(
    ("source", "target", "is_found"),
    [
        (SHORT, "暴风雨掀掉了教堂的屋顶。", False),
        (SHORT, LONG, True),
        (LONG, SHORT, True),
        (LONG, "The storm tore the roof off the church and set the neighbor's dog barking.", False),
        ("暴风雨掀掉了教堂的屋顶。", f"{SHORT} Local farmers blamed careless builders.", True),
        (f"{SHORT} Local farmers blamed careless builders.", "暴风雨掀掉了教堂的屋顶。", True),
        # Figures, places, roles, opposites and speech answer each other; names can't be judged.
        (SHORT, "暴风雨掀掉了教堂的屋顶，安娜·韦伯亲眼目睹全程。", False),
        ("It lost 3 to 5 there.", "它在客场以三比五的比分败北。", False),
    ],
)
def test_a_clause_has_its_counterpart(source, target, is_found):
    found = ids(source, target) & {"clause-unmatched", "sentence-missing"}
    assert bool(found) == is_found


def test_without_the_dictionary_nothing_is_said(monkeypatch):
    monkeypatch.setattr(coverage, "installed_glosses", lambda: None)
    assert "clause-unmatched" not in ids(SHORT, LONG)
