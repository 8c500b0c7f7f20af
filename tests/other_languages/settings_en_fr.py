"""The newsroom in English and French."""

from newsroom.settings.test import *  # noqa: F403

LANGUAGES = [("en", "English"), ("fr", "Français")]
MODELTRANSLATION_LANGUAGES = MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "fr")
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# The kinds of the other tests have labels in English and Chinese.
ARCHIVE_NAME_KINDS = ARCHIVE_TIE_KINDS = ARCHIVE_STORY_KINDS = {}
