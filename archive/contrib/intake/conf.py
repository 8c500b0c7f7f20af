"""The settings of imports."""

from archive.conf import Setting, SettingGroup


class IntakeSettings(SettingGroup):
    """What is read, how much of it, from where, and where it is kept."""

    # The largest plain text that intake reads as a story, in bytes.
    INTAKE_MAX_BYTES = Setting(5 * 1024 * 1024, int)
    # The largest file that intake reads, with the pictures in it, in bytes.
    INTAKE_MAX_FILE_BYTES = Setting(50 * 1024 * 1024, int)
    # How much a ZIP may hold unpacked, those inside it included, in bytes.
    INTAKE_MAX_ZIP_BYTES = Setting(2 * 1024 * 1024 * 1024, int)
    # The server's folders that editors may import files from, with all below them.
    INTAKE_FOLDERS = Setting[list[str]]([], list)
    # Which of the site's STORAGES keeps the files of an import until their stories are accepted;
    # "" for a folder beside MEDIA_ROOT. Nobody may get at them by an address.
    INTAKE_STORAGE = Setting("", str)
    # For how many days such files are kept at most.
    INTAKE_KEEP_DAYS = Setting(90, int)
    # The hosts from which intake fetches the pictures that its files name by their addresses.
    INTAKE_IMAGE_HOSTS = Setting[list[str]]([], list)
    # More labels of this site's sources, beside those of `data/labels.txt`, and the field that each
    # is: {"Blatt": "page", "Regal": "notes"}.
    INTAKE_LABELS = Setting[dict[str, str]]({}, dict)


settings = IntakeSettings()
