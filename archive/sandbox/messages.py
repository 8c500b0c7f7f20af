"""What the two processes say to each other: pickles through pipes.

The one that asks sends an `Environment` once, then a `Job` at a time, and gets an `Answer` for
each. While a job runs, its process may send a `Call` of a function that stayed behind, which is
answered, and records of its log, which aren't.
"""

import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Environment:
    """What the process is to be like: Django's settings by name, `sys.path`, bytes of memory."""

    settings: Mapping[str, Any]
    path: tuple[str, ...]
    memory: int


@dataclass(frozen=True)
class Job:
    """A call, packed by `pack`, in the language of `language`; the limits are in seconds."""

    call: bytes
    language: str
    processor: int
    clock: int


@dataclass(frozen=True)
class Answer:
    """A call's result, or what it raised, with the traceback as text."""

    result: Any = None
    error: BaseException | None = None
    traceback: str = ""


@dataclass(frozen=True)
class Call:
    """A call of a `Callback` of the job, by its number."""

    number: int
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Callback(Generic[P, T]):
    """A function among a job's arguments that is called in the process that asked."""

    function: Callable[P, T]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.function(*args, **kwargs)


class _Packer(pickle.Pickler):
    """Packs errors by their contents: pickle itself would call their class with their words."""

    def __init__(self, stream: io.BytesIO, kept: list[Callback[Any, Any]]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._kept = kept

    def persistent_id(self, part: Any) -> int | None:
        if not isinstance(part, Callback):
            return None
        self._kept.append(part)
        return len(self._kept) - 1

    def reducer_override(self, part: Any) -> Any:
        if not isinstance(part, BaseException):
            return NotImplemented
        return _made_error, (type(part), part.args, vars(part))


def _made_error(kind: type[BaseException], args: Any, contents: dict[str, Any]) -> BaseException:
    error = kind.__new__(kind, *args)
    vars(error).update(contents)
    return error


def dumped(message: Any) -> bytes:
    """A message as bytes; an answer that can't be packed becomes one that says so.

    Raises what pickle raises for any other message.
    """
    try:
        return pack(message, [])
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        if not isinstance(message, Answer):
            raise
        reason = RuntimeError(f"{getattr(message, 'error', None) or error!r}")
        return pack(Answer(error=reason), [])


def pack(value: Any, kept: list[Callback[Any, Any]]) -> bytes:
    """The value as bytes; what stays behind is added to `kept`."""
    stream = io.BytesIO()
    _Packer(stream, kept).dump(value)
    return stream.getvalue()


def unpack(data: bytes, function_of: Callable[[int], Callable[..., Any]]) -> Any:
    """The value, with `function_of(number)` for each function that stayed behind."""

    class Unpacker(pickle.Unpickler):
        def persistent_load(self, number: int) -> Any:
            return function_of(number)

    return Unpacker(io.BytesIO(data)).load()
