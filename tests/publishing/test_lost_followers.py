"""What a process that dies has left undone, the next server does."""

from pathlib import Path

import pytest

from tests.publishing.lost import chosen, needed
from tests.safety.killed import KILLED
from tests.services import migrated

# Nobody waits longer for a story that is published.
LONGEST_S = 2.0


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_server_does_what_a_killed_process_and_failures_left(
    tmp_path: Path,
    django_db_setup: None,
    migrated_copy: migrated.Copy,
    pytestconfig: pytest.Config,
) -> None:
    """Without `--all`, of the changes one of each kind."""
    has_all = pytestconfig.getoption("all")
    said = migrated_copy.said_by("tests.publishing.lost", tmp_path, has_all)
    assert not [line for line in said if not line.startswith("#")]
    for name in chosen(has_all):
        kills = [line for line in said if line.startswith(f"# {name}, commit")]
        assert f"exit {KILLED}: " in kills[0], "It was killed once at least."
        if name != "story deleted":
            assert not all(line.endswith(": 0 lost") for line in kills), "It had lost something."
    failures = [line for line in said if " failed: " in line]
    assert [line.partition(" failed")[0] for line in failures] == [
        f"# {one.name}" for one in needed()
    ]
    assert not [line for line in failures if line.endswith(": 0 lost")]
    (found,) = (line for line in said if line.startswith("# found after"))
    assert float(found.split()[3]) <= LONGEST_S
