"""Runs functions on strangers' files in processes of their own, and keeps one for the next file."""

import atexit
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing.spawn import get_executable
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar, cast

from django.apps import apps
from django.conf import settings as django_settings
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive.conf import every_setting, settings
from archive.sandbox.messages import Answer, Call, Callback, Environment, Job, dumped, pack
from archive.sandbox.worker import IDLE

P = ParamSpec("P")
T = TypeVar("T")
Pipes = tuple[IO[bytes], IO[bytes]]

# More are ended when their file is read; an import has one at work for each core.
_MOST_IDLE = max(2, os.cpu_count() or 1)
# The clock goes on while others have the processor; a web server waits for 30 seconds or more.
_CLOCK = 1.25
# So much later the process is ended from outside, if it didn't end by itself.
_GRACE = 2
# Django's and its languages' settings that readers of files go by, beside the archive's own.
_SHARED = (
    *("LANGUAGES", "LANGUAGE_CODE", "USE_I18N", "USE_TZ", "TIME_ZONE"),
    "MODELTRANSLATION_LANGUAGES",
)


class LimitError(Exception):
    """A file was too much for its reader; the message says which limit, and the way out."""


class _EndedError(Exception):
    """The process is gone."""


def run_limited(function: Callable[..., T], *args: Any, seconds: int | None = None) -> T:
    """`function(*args)` in another process, within the limits of the site's settings; `seconds`
    are FILE_SECONDS unless told otherwise.

    The function is of a module that needs no apps, and touches no database. Arguments and the
    result are copied; a `Callback` among the arguments is called here. Raises what the function
    raises, or LimitError.
    """
    worker, seconds = _take(), seconds or settings.FILE_SECONDS
    try:
        answer = worker.run(function, args, seconds)
    except _EndedError as error:
        raise LimitError(worker.reason(seconds)) from error
    except BaseException:
        worker.end()
        raise
    if isinstance(answer.error, MemoryError):
        worker.end()
        raise LimitError(_too_much_memory()) from answer.error
    _put_back(worker)
    if answer.error:
        raise answer.error from _RemoteError(answer.traceback)
    result: T = answer.result
    return result


def _lazily(told: Callable[P, str]) -> Callable[P, Promise]:
    """What is told in the language of the moment in which it is read."""
    return cast("Callable[P, Promise]", lazy(told, str))


class _RemoteError(Exception):
    """Where in the other process it happened."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class _Worker:
    """A process, and the pipes to it."""

    def __init__(self, environment: Environment) -> None:
        self.environment, self.idle_since = environment, time.monotonic()
        path = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [get_executable(), "-m", "archive.sandbox.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # There each character is read by itself: words would take a tenth of a second.
            env={**os.environ, "PYTHONPATH": path, "PYPINYIN_NO_PHRASES": "1"},
        )
        # Both are pipes.
        self._stdin, self._stdout = cast("Pipes", (self._process.stdin, self._process.stdout))
        self._is_late = False
        self._send(environment)

    @property
    def is_usable(self) -> bool:
        is_fresh = time.monotonic() - self.idle_since < IDLE / 2
        return is_fresh and self._process.poll() is None and self.environment == _environment()

    def run(self, function: Callable[..., Any], args: tuple[Any, ...], seconds: int) -> Answer:
        """Raises _EndedError when the process doesn't live to answer."""
        kept: list[Callback[Any, Any]] = []
        clock = round(seconds * _CLOCK)
        call = pack((function, args), kept)
        timer = threading.Timer(clock + _GRACE, self._end_late)
        timer.daemon = True
        timer.start()
        try:
            self._send(Job(call, get_language() or "en", seconds, clock))
            while True:
                message = self._receive()
                if isinstance(message, Answer):
                    return message
                if isinstance(message, logging.LogRecord):
                    logger = logging.getLogger(message.name)
                    if logger.isEnabledFor(message.levelno):
                        logger.handle(message)
                elif isinstance(message, Call):
                    self._send(_answer_to(message, kept))
        finally:
            timer.cancel()

    def _send(self, message: Any) -> None:
        try:
            self._stdin.write(dumped(message))
            self._stdin.flush()
        except OSError as error:
            raise _EndedError from error

    def _receive(self) -> Any:
        try:
            return pickle.load(self._stdout)  # noqa: S301 - of our own module
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise _EndedError from error

    def _end_late(self) -> None:
        self._is_late = True
        self._process.kill()

    def reason(self, seconds: int) -> Promise:
        """Why the process that is gone is gone, in the language of whoever looks."""
        self.end(kill=False)
        return _why_gone(self._process.returncode, self._is_late, seconds)

    def end(self, *, kill: bool = True) -> None:
        if kill:
            self._process.kill()
        for pipe in (self._stdin, self._stdout):
            with suppress(OSError):  # of what wasn't written yet
                pipe.close()
        self._process.wait()


def _answer_to(call: Call, kept: list[Callback[Any, Any]]) -> Answer:
    try:
        return Answer(kept[call.number](*call.args))
    except Exception as error:  # the function's own, for the code that called it
        return Answer(error=error)


@_lazily
def _why_gone(code: int, is_late: bool, seconds: int) -> str:
    if is_late or code in (-signal.SIGALRM, -signal.SIGXCPU):
        message = ngettext(
            "reading it takes more than %(count)d second; save it anew, split it, or ask an "
            "administrator to allow more",
            "reading it takes more than %(count)d seconds; save it anew, split it, or ask an "
            "administrator to allow more",
            seconds,
        )
        return message % {"count": seconds}
    # The system's own limit of memory; libraries in C stop like this at ours.
    if code in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV):
        return str(_too_much_memory())
    reason = _("the program that reads it broke down (%(code)s); save it anew")
    return reason % {"code": code}


@_lazily
def _too_much_memory() -> str:
    reason = _(
        "reading it takes more than %(size)d MB of memory; save it anew, split it, or ask an "
        "administrator to allow more"
    )
    return reason % {"size": settings.FILE_MEMORY // (1024 * 1024)}


_idle: list[_Worker] = []
_lock = threading.Lock()


def _take() -> _Worker:
    """One that waits, or a new one."""
    while True:
        with _lock:
            worker = _idle.pop() if _idle else None
        if worker is None:
            return _Worker(_environment())
        if worker.is_usable:
            return worker
        worker.end()


def _put_back(worker: _Worker) -> None:
    worker.idle_since = time.monotonic()
    with _lock:
        _idle.append(worker)
        surplus = _idle.pop(0) if len(_idle) > _MOST_IDLE else None
    if surplus:
        surplus.end()


def _environment() -> Environment:
    own = (one.name for one in every_setting() if not one.is_secret)
    names = {*_SHARED, *own}
    given = {one: getattr(django_settings, one) for one in names if hasattr(django_settings, one)}
    given["LOCALE_PATHS"] = [*map(str, django_settings.LOCALE_PATHS), *_catalogues()]
    return Environment(given, tuple(sys.path), settings.FILE_MEMORY)


@cache
def _catalogues() -> tuple[str, ...]:
    folders = (Path(app.path, "locale") for app in apps.get_app_configs())
    return tuple(str(folder) for folder in folders if folder.is_dir())


def end_all() -> None:
    """End the processes that wait."""
    with _lock:
        waiting, _idle[:] = _idle[:], []
    for worker in waiting:
        worker.end()


def _start_anew() -> None:
    """In a forked process: those that wait are the parent's, as is the thread with the lock."""
    global _lock
    _lock = threading.Lock()
    _idle.clear()


atexit.register(end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
