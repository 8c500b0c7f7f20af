"""The settings of the assessment."""

from archive.conf import Setting, SettingGroup


class AssessmentSettings(SettingGroup):
    # With how many penalty points per 1,000 words (or characters) a translation passes.
    QUALITY_LIMIT = Setting(10, int, least=0)


settings = AssessmentSettings()
