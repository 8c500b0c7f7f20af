"""The settings of readers' reports."""

from archive.conf import Setting, SettingGroup


class ReaderReportSettings(SettingGroup):
    """How long what readers leave with a report is kept."""

    # For how many days the address that a reader left with a report is kept.
    REPORT_EMAIL_DAYS = Setting(90, int)


settings = ReaderReportSettings()
