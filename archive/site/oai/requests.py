"""A harvester's request: a verb and its arguments, as far as they can be judged by themselves."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import QueryDict


class OaiError(Exception):
    """`code` is the protocol's own word for it, such as "badArgument"."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


TOKEN = "resumptionToken"  # noqa: S105 - its name in the protocol
_LISTING = ("from", "until", "set")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


@dataclass(frozen=True)
class VerbRules:
    """The arguments of a verb; a resumption token is the only one where it is given."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    takes_token: bool = False


RULES = {
    "Identify": VerbRules(),
    "ListMetadataFormats": VerbRules(optional=("identifier",)),
    "ListSets": VerbRules(takes_token=True),
    "ListIdentifiers": VerbRules(("metadataPrefix",), _LISTING, takes_token=True),
    "ListRecords": VerbRules(("metadataPrefix",), _LISTING, takes_token=True),
    "GetRecord": VerbRules(("identifier", "metadataPrefix")),
}


@dataclass(frozen=True)
class OaiRequest:
    verb: str
    arguments: dict[str, str]


def read(parameters: QueryDict) -> OaiRequest:
    """The question in a request's parameters; raises OaiError for one against the rules."""
    verbs = parameters.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in RULES:
        raise OaiError("badVerb", f"The verb must be one of {', '.join(RULES)}, and given once.")
    rules = RULES[verbs[0]]
    arguments = {name: values for name, values in parameters.lists() if name != "verb"}
    known = {*rules.required, *rules.optional, *([TOKEN] if rules.takes_token else [])}
    for name, values in arguments.items():
        if name not in known:
            raise OaiError("badArgument", f"{verbs[0]} has no argument {name}.")
        if len(values) != 1:
            raise OaiError("badArgument", f"{name} is given more than once.")
    if TOKEN in arguments:
        if len(arguments) > 1:
            raise OaiError("badArgument", f"{TOKEN} must be the only argument.")
    elif missing := [name for name in rules.required if name not in arguments]:
        raise OaiError("badArgument", f"{verbs[0]} needs {' and '.join(missing)}.")
    return OaiRequest(verbs[0], {name: values[0] for name, values in arguments.items()})


def read_span(start: str, end: str) -> tuple[datetime | None, datetime | None]:
    """The first moment that is meant, and the first that isn't any more; None for no limit.

    Both ends are included, by day or by second. Raises OaiError.
    """
    if start and end and len(start) != len(end):
        raise OaiError("badArgument", "from and until must have the same granularity.")
    begin, last = (_moment(text) if text else None for text in (start, end))
    if begin and last and begin > last:
        raise OaiError("badArgument", "from is later than until.")
    if last is None:
        return begin, None
    try:
        return begin, last + (timedelta(days=1) if _DAY.fullmatch(end) else timedelta(seconds=1))
    except OverflowError:  # The last day that there is.
        return begin, None


def _moment(text: str) -> datetime:
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        raise OaiError("badArgument", f"{text} is not a date of the form YYYY-MM-DDThh:mm:ssZ.")
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError as error:
        raise OaiError("badArgument", f"There is no date {text}.") from error
