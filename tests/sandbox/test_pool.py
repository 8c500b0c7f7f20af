"""Functions run in another process: their results, their errors, and their limits."""

import os
import signal
from typing import Any

import pytest
from django.utils import translation

from archive.sandbox import pool
from archive.sandbox.messages import Callback
from archive.sandbox.pool import LimitError, end_all, run_limited
from tests.sandbox import work


def test_one_process_after_the_other_reads_many_files() -> None:
    first = run_limited(work.number)
    assert first != os.getpid()
    assert run_limited(work.number) == first


def test_errors_come_back_as_they_were() -> None:
    with pytest.raises(work.RowError, match="row 3, title") as caught:
        run_limited(work.fail)
    assert caught.value.column == "title"
    assert "in fail" in str(caught.value.__cause__)


def test_functions_among_the_arguments_are_called_here() -> None:
    here = os.getpid()
    data, there = run_limited(work.ask, Callback(lambda name: f"{name} {os.getpid()}".encode()))
    assert data == f"port.jpg {here}".encode()
    assert there != here


def test_their_errors_go_through_the_other_process() -> None:
    with pytest.raises(KeyError, match=r"port\.jpg"):
        run_limited(work.ask, Callback({}.__getitem__))


def test_it_speaks_the_language_of_whoever_asks() -> None:
    with translation.override("zh-hans"):
        assert run_limited(work.label) == "标题"
    assert run_limited(work.label) == "Headline"


def test_what_it_logs_is_logged_here(caplog: pytest.LogCaptureFixture) -> None:
    run_limited(work.warn)
    assert "A page of port.pdf can't be read" in caplog.text


def test_what_a_library_prints_is_no_message() -> None:
    assert run_limited(work.print_words) == "read"


def test_secret_settings_are_not_its_settings(settings: Any) -> None:
    settings.ARCHIVE_MACHINE_OPTIONS = {"key": "secret"}
    settings.ARCHIVE_SEARCH_OPTIONS = {"http_auth": "secret"}
    settings.ARCHIVE_FILE_SECONDS = 7
    assert run_limited(work.setting, "ARCHIVE_FILE_SECONDS") == 7
    assert run_limited(work.setting, "ARCHIVE_MACHINE_OPTIONS") is None
    assert run_limited(work.setting, "ARCHIVE_SEARCH_OPTIONS") is None


def test_settings_that_change_are_its_settings(settings: Any) -> None:
    before = run_limited(work.number)
    settings.ARCHIVE_INTAKE_MAX_BYTES = 1000
    assert run_limited(work.number) != before


def test_one_that_takes_too_long_is_ended_and_the_next_file_is_read(settings: Any) -> None:
    settings.ARCHIVE_FILE_SECONDS = 1
    before = run_limited(work.number)
    with pytest.raises(LimitError, match=r"more than 1 seconds?; .* ask an administrator"):
        run_limited(work.be_busy)
    assert run_limited(work.number) != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


@pytest.mark.exhaustive
def test_one_that_takes_too_much_memory_is_ended(settings: Any) -> None:
    settings.ARCHIVE_FILE_MEMORY = 512 * 1024 * 1024
    with pytest.raises(LimitError, match=r"more than 512 MB of memory; .* ask an administrator"):
        run_limited(work.take_memory)


def test_one_that_breaks_down_says_so() -> None:
    with pytest.raises(LimitError, match=r"broke down \(-4\)"):
        run_limited(work.break_down)


# Newer Pythons warn of what is tried here.
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_while_another_thread_takes_a_process_has_its_own() -> None:
    with pool._lock:
        child = os.fork()
        if not child:
            signal.alarm(60)
            try:
                run_limited(work.number)
                end_all()
                os._exit(0)
            finally:
                os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
