"""Who may write the texts of a picture, and in which languages.

Wagtail has one permission for all of a picture: who may change it may delete it as well. So
translators don't get that one.
"""

from typing import Any

from archive.desk.policies import languages_of, policy
from archive.photos.policies import image_policy
from archive.text.language import LANGUAGES


def languages_of_texts(user: Any, image: Any) -> list[str]:
    """All languages for whoever may change the picture; for whoever may choose it and change
    translations, those that they may translate into."""
    pictures = image_policy()
    if pictures.user_has_permission_for_instance(user, "change", image):
        return list(LANGUAGES)
    if not policy.user_has_permission(user, "change"):
        return []
    may_choose = pictures.user_has_permission_for_instance(user, "choose", image)
    return languages_of(user) if may_choose else []
