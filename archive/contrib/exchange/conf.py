"""The settings of files for other tools."""

from archive.conf import Setting, SettingGroup


class ExchangeSettings(SettingGroup):
    """How large files may be that people send."""

    # The largest file of translations that the desk imports, in bytes, unpacked.
    DESK_MAX_BYTES = Setting(10 * 1024 * 1024, int)
    # The largest TMX file that the admin takes, in bytes; `import_tmx` takes any.
    MEMORY_UPLOAD_MAX_BYTES = Setting(10 * 1024 * 1024, int)


settings = ExchangeSettings()
