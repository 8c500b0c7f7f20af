"""The kinds of names as they stand in the addresses of browsing."""

from archive.entities.models import Entity

KINDS = {
    "places": Entity.Kind.PLACE,
    "people": Entity.Kind.PERSON,
    "organisations": Entity.Kind.ORGANISATION,
    "events": Entity.Kind.EVENT,
    "topics": Entity.Kind.TOPIC,
}
OTHER_LETTERS = "other"
