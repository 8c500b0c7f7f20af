"""What a process that dies has left undone, the next server does."""

from pathlib import Path

import pytest

from archive.publishing import followers
from archive.publishing.followers import every_follower
from tests.publishing.lost import CHANGES
from tests.safety.killed import KILLED
from tests.services import migrated

# Nobody waits longer for a story that is published.
LONGEST_S = 2.0
# A site without a worker has no such tasks; a mail isn't sent twice.
UNNEEDED = {followers.PICTURES.name, followers.MAIL.name}


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
    needed = [one.name for one in every_follower() if one.name not in UNNEEDED]
    assert [line.partition(" failed")[0] for line in failures] == [f"# {name}" for name in needed]
    assert not [line for line in failures if line.endswith(": 0 lost")]
    (found,) = (line for line in said if line.startswith("# found after"))
    assert float(found.split()[3]) <= LONGEST_S
