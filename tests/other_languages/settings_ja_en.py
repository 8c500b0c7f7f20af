"""The newsroom in Japanese and English, Japanese first."""

from newsroom.settings.test import *  # noqa: F403

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
MODELTRANSLATION_DEFAULT_LANGUAGE = "ja"
MODELTRANSLATION_LANGUAGES = MODELTRANSLATION_FALLBACK_LANGUAGES = ("ja", "en")
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# The kinds of the other tests have labels in English and Chinese.
ARCHIVE_NAME_KINDS = ARCHIVE_TIE_KINDS = ARCHIVE_STORY_KINDS = {}
