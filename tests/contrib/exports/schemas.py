"""Checks an export's files against the standards' own schemas.

    python -m tests.contrib.exports.schemas EXPORT

The schemas are in `tests/data/export_schemas`. Exit status 1 where a file isn't valid.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from lxml import etree

from archive.interchange.records import json_schema

FOLDER = Path(__file__).parents[2] / "data" / "export_schemas"
# By the root elements of files.
_XML = {"newsMessage": "NewsML-G2_2.35-spec-All-Power.xsd", "nitf": "nitf-3-6.xsd"}
# What bags have beside the records.
_OWN_SCHEMA = "story.schema.json"
_NINJS = "ninjs-schema_3.1.json"


def faults(files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """A line for each of the files, by their names, that isn't valid."""
    for name, data in files:
        if name.endswith(".xml"):
            yield from _of_xml(name, data)
        elif name.endswith(".json") and name != _OWN_SCHEMA:
            yield from _of_json(name, json.loads(data), _ninjs())
        elif name.endswith(".jsonl"):
            for line in data.splitlines():
                yield from _of_json(name, json.loads(line), _records())


@cache
def _xml_schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(FOLDER / name))


@cache
def _ninjs() -> Any:
    return Draft202012Validator(json.loads((FOLDER / _NINJS).read_text("utf-8")))


@cache
def _records() -> Any:
    return Draft202012Validator(json_schema())


def _of_xml(name: str, data: bytes) -> Iterator[str]:
    root = etree.fromstring(data)
    schema_name = _XML.get(etree.QName(root).localname)
    # WordPress publishes no schema of its exports.
    if schema_name and not (schema := _xml_schema(schema_name)).validate(root):
        yield f"{name}: {schema.error_log.last_error}"


def _of_json(name: str, value: Any, validator: Any) -> Iterator[str]:
    for error in validator.iter_errors(value):
        yield f"{name}: {error.json_path}: {error.message[:200]}"


def main(export: str) -> int:
    files = (one for one in sorted(Path(export).rglob("*")) if one.is_file())
    found = list(faults((one.name, one.read_bytes()) for one in files))
    sys.stdout.write("\n".join([*found, ""]) if found else "All files are valid.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
