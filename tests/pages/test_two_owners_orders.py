"""In whatever order two people save, publish, revert and unpublish: no word is lost or leaks."""

from itertools import permutations

import pytest

from archive.text.language import CHINESE, ENGLISH
from tests.desk.ledger import Ledger

pytestmark = pytest.mark.django_db

# No database decides what becomes of an order of steps; the short walks run on each.
exhaustive = pytest.mark.sqlite

WRITING = ("e_saves", "e_publishes", "t_saves", "t_publishes")
UNDOING = ("e_reverts", "e_unpublishes", "t_unpublishes", "t_publishes")
EVERYTHING = (
    "e_saves",
    "e_autosaves",
    "e_publishes",
    "e_reverts",
    "e_reverts_a_draft",
    "e_unpublishes",
    "t_saves",
    "t_autosaves",
    "t_publishes",
    "t_reverts",
    "t_unpublishes",
)
INTERFACES = [(ENGLISH, ENGLISH), (CHINESE, ENGLISH), (ENGLISH, CHINESE), (CHINESE, CHINESE)]


def every_pair(steps: tuple[str, ...]) -> list[str]:
    """A walk in which each step follows each other step, itself included, once."""
    walk, unused = [steps[0]], {step: list(reversed(steps)) for step in steps}
    path: list[str] = []
    while walk:
        if unused[walk[-1]]:
            walk.append(unused[walk[-1]].pop())
        else:
            path.append(walk.pop())
    return path[::-1]


@exhaustive
@pytest.mark.parametrize("order", list(permutations(WRITING)), ids="-".join)
def test_any_order_of_writing_keeps_both_languages(order: tuple[str, ...]) -> None:
    ledger = Ledger()
    for step in order:
        ledger.does(step)


@exhaustive
@pytest.mark.parametrize("order", list(permutations(UNDOING, 3)), ids="-".join)
def test_any_order_of_undoing_keeps_both_languages(order: tuple[str, ...]) -> None:
    ledger = Ledger()
    for step in ("t_publishes", *order):
        ledger.does(step)


@pytest.mark.parametrize("source", [ENGLISH, CHINESE])
@pytest.mark.parametrize(("editor_reads", "translator_reads"), INTERFACES)
def test_the_language_of_neither_interface_matters(
    source: str, editor_reads: str, translator_reads: str
) -> None:
    ledger = Ledger(source, editor_reads=editor_reads, translator_reads=translator_reads)
    for step in ("t_saves", "t_publishes", "e_publishes", "e_reverts", "t_unpublishes"):
        ledger.does(step)


@pytest.mark.parametrize(
    ("source", "editor_reads", "translator_reads", "steps"),
    [
        pytest.param(ENGLISH, CHINESE, ENGLISH, EVERYTHING, marks=exhaustive),
        (CHINESE, ENGLISH, CHINESE, (*WRITING, "e_reverts", "t_unpublishes")),
    ],
)
def test_each_step_may_follow_each_other(
    source: str, editor_reads: str, translator_reads: str, steps: tuple[str, ...]
) -> None:
    ledger = Ledger(source, editor_reads=editor_reads, translator_reads=translator_reads)
    walk = every_pair(steps)
    assert len(walk) == len(steps) ** 2 + 1
    for step in walk:
        ledger.does(step)
