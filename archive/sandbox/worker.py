"""The process that reads files: `python -m archive.sandbox.worker`, started by `pool`.

It has the settings and translations of the site, but neither apps nor a database: what it runs
takes values and gives values. It ends by itself, whatever its code is busy with, when a job takes
too long, when it is idle, and when the process that started it is gone.
"""

import gc
import logging
import math
import os
import pickle
import signal
import sys
import traceback
from typing import Any, BinaryIO

from django.apps import apps
from django.conf import settings
from django.utils import translation

from archive.sandbox.messages import Answer, Call, Environment, Job, dumped, unpack

# In seconds. The other side uses none that has been idle half as long.
IDLE = 120

if sys.platform != "win32":
    import resource

    def limit_memory(size: int) -> None:
        """So much address space; systems that don't know such a limit, as macOS, have none."""
        try:
            resource.setrlimit(
                resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1])
            )
        except (ValueError, OSError):
            return

    def limit_processor(seconds: int) -> None:
        """Be ended when so much more processor time is spent, without writing a core file."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = math.ceil(used.ru_utime + used.ru_stime) + seconds
        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))

    def limit_clock(seconds: int) -> None:
        """Be ended after so many seconds: the signal's own effect, which no busy code holds up."""
        signal.setitimer(signal.ITIMER_REAL, seconds)

else:  # The other side's clock is the only limit there.

    def limit_memory(size: int) -> None: ...
    def limit_processor(seconds: int) -> None: ...
    def limit_clock(seconds: int) -> None: ...


class Channel(logging.Handler):
    """The pipes to the process that asks; as a handler, it hands the log's records on."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        super().__init__()
        self._incoming, self._outgoing = incoming, outgoing

    def receive(self) -> Any:
        return pickle.load(self._incoming)  # noqa: S301 - of the process that started this one

    def send(self, message: Any) -> None:
        self._outgoing.write(dumped(message))
        self._outgoing.flush()

    def emit(self, record: logging.LogRecord) -> None:
        record.msg, record.args = self.format(record), None
        record.exc_info = record.exc_text = record.stack_info = None
        self.send(record)

    def call(self, number: int, *args: Any) -> Any:
        """What the function that stayed behind gives; or raises what it raised."""
        self.send(Call(number, args))
        answer: Answer = self.receive()
        if answer.error:
            raise answer.error
        return answer.result


def answer_to(job: Job, channel: Channel) -> Answer:
    def function_of(number: int) -> Any:
        return lambda *args: channel.call(number, *args)

    try:
        with translation.override(job.language):
            function, args = unpack(job.call, function_of)
            return Answer(function(*args))
    except Exception as error:  # whatever a parser raises
        return Answer(error=error, traceback=traceback.format_exc())


def main() -> None:
    # Nothing that a library prints gets among the messages.
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = Channel(sys.stdin.buffer, outgoing)
    limit_clock(IDLE)
    environment: Environment = channel.receive()
    sys.path[:] = environment.path
    settings.configure(**environment.settings)
    apps.populate([])
    logging.getLogger().addHandler(channel)
    limit_memory(environment.memory)
    # What a file becomes is many small things without circles, and dictionaries stay.
    gc.set_threshold(50_000, 20, 100)
    while True:
        limit_clock(IDLE)
        try:
            job: Job = channel.receive()
        except EOFError:
            return
        limit_processor(job.processor)
        limit_clock(job.clock)
        channel.send(answer_to(job, channel))


if __name__ == "__main__":
    main()
