"""What readers lose is gone from every public answer at once, whatever happens to the process."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.publishing import followers
from tests.publishing.test_followers import NAMES
from tests.safety.killed import KILLED, WITHDRAWALS, chosen, lay_ground, leaks, withdrawn
from tests.services import migrated


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_process_that_dies_after_any_commit_leaves_nothing_public(
    tmp_path: Path,
    django_db_setup: None,
    migrated_copy: migrated.Copy,
    pytestconfig: pytest.Config,
) -> None:
    """Without `--all`, after the first commit that withdraws anything, in one way of each kind."""
    has_all = pytestconfig.getoption("all")
    said = migrated_copy.said_by("tests.safety.killed", tmp_path, has_all)
    assert not [line for line in said if not line.startswith("#")]
    for name in chosen(has_all):
        kills = [line for line in said if line.startswith(f"# {name}, commit")]
        assert f"exit {KILLED}: " in kills[0], "It was killed once at least."
        assert ": 0 words" not in kills[-1], "In the end it was withdrawn."


@pytest.mark.django_db
@pytest.mark.parametrize("name", WITHDRAWALS)
def test_followers_that_fail_leave_nothing_public(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*what: Any) -> None:
        raise ValueError("odd")

    story = lay_ground()
    for follower in NAMES:
        broken = replace(getattr(followers, follower), follow=fail)
        monkeypatch.setattr(followers, follower, broken)
    WITHDRAWALS[name]()
    assert withdrawn()
    assert list(leaks(story.pk, withdrawn())) == []
