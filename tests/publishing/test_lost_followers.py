"""What a process that dies has left undone, the next server does."""

from pathlib import Path

import pytest

from tests.publishing.lost import CHANGES
from tests.safety.killed import KILLED
from tests.services import migrated


@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_server_does_what_a_killed_process_and_failures_left(
    tmp_path: Path, django_db_setup: None, migrated_copy: migrated.Copy
) -> None:
    said = migrated_copy.said_by("tests.publishing.lost", tmp_path)
    assert not [line for line in said if not line.startswith("#")]
    for name in CHANGES:
        kills = [line for line in said if line.startswith(f"# {name}, commit")]
        assert f"exit {KILLED}: " in kills[0], "It was killed once at least."
        if name != "story deleted":
            assert not all(line.endswith(": 0 lost") for line in kills), "It had lost something."
    failures = [line for line in said if " failed, " in line]
    assert len(failures) == 3
    assert not [line for line in failures if line.endswith(": 0 lost")]
