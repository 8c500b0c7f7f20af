"""Which places are tied to each other: told by rooms above, which register themselves here."""

from collections.abc import Callable, Collection

Pairs = set[tuple[int, int]]
Provider = Callable[[Collection[int]], Pairs]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """`provider` gives the pairs among some entities' ids that are joined: one query for all."""
    if provider not in _providers:
        _providers.append(provider)


def joined_pairs(entities: Collection[int]) -> Pairs:
    return {pair for provider in _providers for pair in provider(entities)}
