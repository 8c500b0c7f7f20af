"""Files are read in several processes while the stories of those before them are stored."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")
F = TypeVar("F")
# So many files for each reader: enough that none waits while stories are stored.
_AHEAD = 50


def read_ahead(
    files: Iterable[F], prepare: Callable[[F], Callable[[], T]]
) -> Iterator[tuple[F, Callable[[], T]]]:
    """Each file, in order, with what gives its result, or raises what reading it has raised.

    `prepare(file)` is called here, just after the file was found, and gives what reads it in
    another thread; each such thread waits for a process of its own.
    """
    readers = os.cpu_count() or 1
    waiting: deque[tuple[F, Future[T]]] = deque()
    with ThreadPoolExecutor(readers, thread_name_prefix="reading") as threads:
        try:
            for file in files:
                waiting.append((file, _begin(threads, prepare, file)))
                if len(waiting) > readers * _AHEAD:
                    first, future = waiting.popleft()
                    yield first, future.result
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result
        finally:
            for _file, future in waiting:
                future.cancel()


def _begin(threads: ThreadPoolExecutor, prepare: Callable[[F], Callable[[], T]], file: F) -> Any:
    try:
        read = prepare(file)
    except Exception as error:  # whoever asks for the result gets it
        future: Future[T] = Future()
        future.set_exception(error)
        return future
    return threads.submit(copy_context().run, read)
