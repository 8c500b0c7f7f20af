"""The setting of the API."""

from archive.conf import Setting, SettingGroup


class ApiSettings(SettingGroup):
    """Where programs read stories."""

    # Whether the app serves Wagtail's API at api/v3/ (Wagtail 7: api/v2/), for reading alone;
    # False for a site that has it in its own addresses, stories included.
    API_MOUNTED = Setting(True, bool)


settings = ApiSettings()
