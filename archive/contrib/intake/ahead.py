"""Files are read, and texts aligned, in several processes while the stories before are stored."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from archive.alignment.aligner import Link
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.translations.apply import given_text, segments_of
from archive.desk.memory.sentences import Pairs, Paragraph, align_paragraphs
from archive.desk.pairs.given_text import names_in_both
from archive.desk.pairs.linked_text import LinkedPieces
from archive.desk.pairs.segment_links import link_segments
from archive.sandbox.pool import LimitError, run_limited

T = TypeVar("T")
F = TypeVar("F")
# So many files for each reader: enough that none waits while stories are stored. Of large files
# there are only so many bytes: their stories take ten times as much.
_AHEAD = 200
_BYTES_AHEAD = 5_000_000


@dataclass(frozen=True)
class TextLinks:
    """The links of two texts, and what the segments of the first one say; the pairs of sentences
    that the translation memory will ask for."""

    said: list[str]
    links: list[LinkedPieces]
    pairs: dict[Paragraph, Pairs]


class Readers:
    """As many threads as there are cores; what one has to do it does in a process of its own.

    With `is_remembered` the memory is going to ask for the sentences of texts that are linked.
    """

    def __init__(self, *, is_remembered: bool) -> None:
        self._is_remembered = is_remembered
        self._count = os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="reading")

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)

    def read_ahead(
        self,
        files: Iterable[F | None],
        prepare: Callable[[F], Callable[[], T]],
        size_of: Callable[[F], int],
    ) -> Iterator[tuple[F, Callable[[], T]]]:
        """Each file, in order, with what gives its result, or raises what reading it has raised.

        `prepare(file)` is called here, just after the file was found, and gives what reads it.
        What is behind a None isn't looked for before all results until there have been taken.
        """
        waiting: deque[tuple[F, Future[T]]] = deque()
        size = 0
        for file in chain(files, [None]):
            if file is not None:
                waiting.append((file, self._begin(prepare, file)))
                size += size_of(file)
            while waiting and (file is None or self._are_enough(len(waiting), size)):
                first, future = waiting.popleft()
                size -= size_of(first)
                yield first, future.result

    def _are_enough(self, count: int, size: int) -> bool:
        is_much = size > self._count * _BYTES_AHEAD and count > 1
        return is_much or count > self._count * _AHEAD

    def _begin(self, prepare: Callable[[F], Callable[[], T]], file: F) -> Any:
        try:
            read = prepare(file)
        except Exception as error:  # whoever asks for the result gets it
            future: Future[T] = Future()
            future.set_exception(error)
            return future
        return self._threads.submit(copy_context().run, read)

    def link(self, own: ParsedArticle, second: ParsedArticle) -> "Future[TextLinks | None]":
        """Begin to find which parts of a story's two texts say the same."""
        language = own.language if self._is_remembered else ""
        align = partial(run_limited, align_paragraphs)
        return self._threads.submit(find_links, own, second, names_in_both(), language, align)


def find_links(
    own: ParsedArticle,
    second: ParsedArticle,
    names: Sequence[tuple[str, str]],
    language: str = "",
    run: Callable[..., tuple[list[Link], dict[Paragraph, Pairs]]] = align_paragraphs,
) -> TextLinks | None:
    """None where they take too long to find; `language` as of `align_paragraphs`, which is run by
    `run`."""
    sources, given = segments_of(own), given_text(second)
    pairs: dict[Paragraph, Pairs] = {}

    def align(*texts: Sequence[str], names: Sequence[tuple[str, str]]) -> list[Link]:
        links, found = run(*texts, language, names)
        pairs.update(found)
        return links

    try:
        links = link_segments(sources, given.segments, names=names, known=given.known, align=align)
    except LimitError:
        return None
    return TextLinks([one.plain_text for one in sources], links, pairs)
