"""Says that what an admin screen shows isn't up to date yet."""

from django import template

from archive.publishing.due import is_due

register = template.Library()


@register.inclusion_tag("archive/admin/being_updated.html")
def being_updated(follower: str, story: int | None = None) -> dict[str, bool]:
    """While this follower has yet to run, for this story or for any; one query."""
    return {"is_due": is_due(follower, story)}
