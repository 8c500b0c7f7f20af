"""Who may write the texts of a picture, and in which languages.

Wagtail has one permission for all of a picture: who may change it may delete it as well. So
translators don't get that one.
"""

from typing import Any

from wagtail.images import get_image_model

from archive.desk.policies import languages_of, policy
from archive.text.language import LANGUAGES


def languages_of_texts(user: Any, image: Any) -> list[str]:
    """All languages for whoever may change the picture; for whoever may choose it and change
    translations, those that they may translate into."""
    pictures = _image_policy()
    if pictures.user_has_permission_for_instance(user, "change", image):
        return list(LANGUAGES)
    if not policy.user_has_permission(user, "change"):
        return []
    may_choose = pictures.user_has_permission_for_instance(user, "choose", image)
    return languages_of(user) if may_choose else []


def _image_policy() -> Any:
    try:
        # Wagtail 7.4 has no registry of policies.
        from wagtail.permissions import policy_registry
    except ImportError:
        # And Wagtail 8 warns of this module.
        from wagtail.images.permissions import permission_policy

        return permission_policy
    return policy_registry.get_by_type(get_image_model())
