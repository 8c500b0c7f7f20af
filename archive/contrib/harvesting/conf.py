"""The settings of OAI-PMH, of ResourceSync and of the dump."""

from archive.conf import Setting, SettingGroup


class HarvestingSettings(SettingGroup):
    """What harvesters are told of the archive, and where the dump is."""

    # The archive's name for harvesters; "" for its front page's name.
    OAI_NAME = Setting("", str)
    # The domain in harvesters' identifiers, which must never change; "" for the site's own.
    OAI_NAMESPACE = Setting("", str)
    # The addresses that harvesters may write to; [] for the site's DEFAULT_FROM_EMAIL.
    OAI_ADMIN_EMAILS = Setting[list[str]]([], list)
    # How many records a harvester gets at a time.
    OAI_PAGE_SIZE = Setting(100, int)
    # How long a harvester may wait before it goes on with a list.
    OAI_TOKEN_SECONDS = Setting(24 * 60 * 60, int)
    # How far back ResourceSync's change list goes, in days; who comes later begins anew.
    RESOURCESYNC_DAYS = Setting(90, int)
    # The folder of the dump of all public stories; "" for a folder beside MEDIA_ROOT. Nothing but
    # the archive may serve it.
    DUMP_FOLDER = Setting("", str)
    # How many days a dump's change dumps are kept; who comes later takes the dump.
    DUMP_CHANGES_DAYS = Setting(30, int)
    # The file of the Ed25519 key (PEM) that the dump's checksums are signed with; "" for none.
    DUMP_SIGNING_KEY = Setting("", str)


settings = HarvestingSettings()
