"""Mentions of entities inside running text: `<a linktype="entity" id="7">Zhanjiang</a>`.

A page that shows many paragraphs loads all mentioned entities once, with
`resolved_mentions`; without it each rich text asks for its own, in one query.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.rich_text import LinkHandler

from archive.addresses import pattern
from archive.entities.models import Entity
from archive.entities.romanisation import readings
from archive.text.labels import row_key
from archive.text.language import CHINESE, columns
from archive.text.richtext import escaped

LINK_TYPE = "entity"
ENTITY_TYPE = "ENTITY"
EDIT_URL_NAME = "wagtailsnippets_archive_entity:edit"
ADD_URL_NAME = "wagtailsnippets_archive_entity:add"

# As the editor writes it; another order of attributes is left to Wagtail.
_MENTION = re.compile(
    r'<a (?:id="([0-9]{1,18})" linktype="entity"|linktype="entity" id="([0-9]{1,18})")>'
)
# By id; None marks an id that was looked for and is gone.
Entities = Mapping[int, Entity | None]


# And the links that were written before, by language and id: a story names the same few entities
# in most of its paragraphs.
_Resolved = tuple[Entities, dict[tuple[str | None, int], str]]
_resolved: ContextVar[_Resolved | None] = ContextVar("resolved_mentions", default=None)

Attributes = dict[str, str]


@contextmanager
def resolved_mentions(ids: Iterable[int], known: Entities = MappingProxyType({})) -> Iterator[None]:
    """Inside the block, mentions of these entities render without a query; costs one itself,
    or none if all of them are among the `known` ones, which the caller has looked for already."""
    resolved = {**_known(), **known}
    token = _resolved.set(({**resolved, **_load(set(ids) - resolved.keys())}, {}))
    try:
        yield
    finally:
        _resolved.reset(token)


def mentioned(ids: Iterable[int | None]) -> dict[int, Entity]:
    """The entities that exist among these ids; a query only for those not yet resolved."""
    wanted = {pk for pk in ids if pk is not None}
    known = _known()
    found = {**{pk: known[pk] for pk in wanted & known.keys()}, **_load(wanted - known.keys())}
    return {pk: entity for pk, entity in found.items() if entity is not None}


def _known() -> Entities:
    resolved = _resolved.get()
    return resolved[0] if resolved else {}


def _load(ids: set[int]) -> dict[int, Entity | None]:
    if not ids:
        return {}
    shown = ("key", "name", "pinyin", *columns("name"))
    rows = Entity.with_merged.only(
        "merged_into", *shown, *(f"merged_into__{name}" for name in shown)
    )
    found = rows.resolve(ids)
    return {pk: found.get(pk) for pk in ids}


class EntityLinkHandler(LinkHandler):
    """Renders a mention as a link to the entity's page; without its entity, as plain text."""

    identifier = LINK_TYPE

    @staticmethod
    def get_model() -> type[Entity]:
        return Entity

    @classmethod
    def expand_db_attributes(cls, attrs: Attributes) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        ids = [row_key(attributes.get("id", "")) for attributes in attrs_list]
        entities = mentioned(ids)
        address = pattern("archive:entity") if entities else ""
        return [_opening_tag(entities.get(pk) if pk else None, address) for pk in ids]

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Iterator[tuple[type[Entity], str, str, str]]:
        if row_key(attrs.get("id", "")) is not None:
            yield Entity, attrs["id"], "", ""


def with_links(html: str) -> str:
    """The text with its mentions as links; other links stay as they are stored."""
    if LINK_TYPE not in html:
        return html
    ids = {int(one or other) for one, other in _MENTION.findall(html)}
    resolved, language = _resolved.get(), get_language()
    tags = resolved[1] if resolved else {}
    if new := [pk for pk in ids if (language, pk) not in tags]:
        entities = mentioned(new)
        address = pattern("archive:entity", language=language) if entities else ""
        tags.update({(language, pk): _opening_tag(entities.get(pk), address) for pk in new})
    return _MENTION.sub(lambda link: tags[language, int(link[1] or link[2])], html)


def _opening_tag(entity: Entity | None, address: str) -> str:
    """`address` is the pattern of the addresses of entities."""
    # The closing tag stands in the text: an <a> without address reads as plain text.
    if entity is None:
        return "<a>"
    pinyin = readings(entity.name_in(CHINESE), entity.pinyin)
    reading = f' data-reading="{escaped(pinyin)}"' if pinyin else ""
    key, url = escaped(entity.key), escaped(address % entity.key)
    return f'<a class="entity" data-entity="{key}" href="{url}"{reading}>'


class MentionElementHandler(LinkElementHandler):
    """Database form -> what the editor holds: the id, and what its tooltip says."""

    def get_attribute_data(self, attrs: dict[str, str | None]) -> dict[str, object]:
        pk = row_key(attrs.get("id") or "")
        entity = mentioned([pk]).get(pk) if pk else None
        if entity is None:
            return {"id": pk, "label": _("A deleted name"), "url": None}
        return {"id": pk, "label": str(entity), "url": reverse(EDIT_URL_NAME, args=[pk])}


def mention_element(props: Mapping[str, object]) -> object:
    """What the editor holds -> database form."""
    attributes = {"linktype": LINK_TYPE, "id": props.get("id")}
    return DOM.create_element("a", attributes, props["children"])


CONVERSION_RULE = {
    "from_database_format": {f'a[linktype="{LINK_TYPE}"]': MentionElementHandler(ENTITY_TYPE)},
    "to_database_format": {"entity_decorators": {ENTITY_TYPE: mention_element}},
}
