"""Reads a page's metadata as machines do, with others' readers: rdflib, extruct, html5lib."""

import json
from typing import Any

import extruct
import html5lib
from django.test import Client
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SDO

# schema.org's own context, as far as it concerns what the archive says; nothing is fetched.
_ADDRESSES = [
    *("url", "sameAs", "mainEntityOfPage", "item", "contentUrl", "license", "isPartOf"),
    "digitalSourceType",
]
CONTEXT = {
    "@vocab": str(SDO),
    **{name: {"@type": "@id"} for name in _ADDRESSES},
}
# An annotation of actions (schema.org/docs/actions.html), not a property; and a property that is
# newer than rdflib's copy of schema.org.
ANNOTATIONS = {"query-input", "digitalSourceType"}


def html_of(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def linked_data(html: str) -> list[dict[str, Any]]:
    """The nodes of the page's one JSON-LD graph."""
    (data,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def node(html: str, kind: str) -> dict[str, Any]:
    (found,) = [one for one in linked_data(html) if one["@type"] == kind]
    return found


def graph(html: str) -> Graph:
    """The page's JSON-LD as triples; every class and property is one that schema.org has."""
    text = json.dumps({"@context": CONTEXT, "@graph": linked_data(html)})
    triples = Graph().parse(data=text, format="json-ld")
    known = {str(SDO) + name for name in ANNOTATIONS}
    classes = set(triples.objects(None, RDF.type))
    for term in {*triples.predicates(), *classes} - {RDF.type}:
        assert isinstance(term, URIRef)
        assert str(term) in known or term in SDO, term
    return triples


def kinds(triples: Graph) -> set[str]:
    """The classes of what the triples are about: {"NewsArticle", "City"}."""
    return {str(kind).removeprefix(str(SDO)) for kind in triples.objects(None, RDF.type)}


def tags(html: str) -> dict[str, list[str]]:
    """Meta tags by name or property, in order."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("name") or meta.get("property")
        if name:
            found.setdefault(name, []).append(meta.get("content", ""))
    return found


def parses_strictly(html: str) -> bool:
    """Raises html5lib's ParseError where the standard calls something an error."""
    html5lib.HTMLParser(strict=True).parse(html)
    return True
