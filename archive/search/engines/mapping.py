"""How stories are stored in OpenSearch: an index's settings and mapping."""

from typing import Any

from archive.search.documents import FIELDS
from archive.text.language import LANGUAGES


def field_of(name: str, language: str) -> str:
    """A field's name in the index: "headline_zh-hans"."""
    return f"{name}_{language}"


_TEXT: dict[str, Any] = {
    "type": "text",
    "analyzer": "terms",
    # One character is the beginning of a term.
    "index_prefixes": {"min_chars": 1, "max_chars": 1},
}
_KEYS = ("article_id", "documents", "publication_id", "section_id", "place", "person")

INDEX: dict[str, Any] = {
    "settings": {
        # In one piece, so that facets' numbers are exact; readers' pages go deep.
        "number_of_shards": 1,
        "max_result_window": 25_000,
        "analysis": {"analyzer": {"terms": {"type": "custom", "tokenizer": "whitespace"}}},
    },
    "mappings": {
        "dynamic": "strict",
        "properties": {
            **{field_of(name, one): _TEXT for name in FIELDS for one in LANGUAGES},
            **{name: {"type": "long"} for name in _KEYS},
            "languages": {"type": "keyword"},
            "year": {"type": "short"},
            "print_date": {"type": "date", "format": "strict_date"},
            "print_page": {"type": "keyword"},
            "has_picture": {"type": "boolean"},
        },
    },
}
