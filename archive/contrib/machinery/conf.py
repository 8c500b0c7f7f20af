"""The settings of machine drafts."""

from typing import Any

from archive.conf import Setting, SettingGroup


class MachinerySettings(SettingGroup):
    """The engines, and what each needs: its key, its address, how long to wait. See its module."""

    # The dotted path of the engine that drafts translations; "" for none.
    MACHINE_ENGINE = Setting(
        "",
        str,
        leads_to="archive.contrib.machinery.engines.MachineEngine",
        hint="Leave it empty for no machine drafts, or name "
        '"archive.contrib.machinery.deepl.DeepL".',
    )
    # The engine's own.
    MACHINE_OPTIONS = Setting[dict[str, Any]]({}, dict, secret=True)
    # More engines by name, whose drafts are shown beside: the path of each as "engine", and its own
    # options.
    MACHINE_COMPARED = Setting[dict[str, Any]]({}, dict, secret=True)
    # The language model that reads a translation beside its source, with its options; {} for none.
    MACHINE_READER = Setting[dict[str, Any]]({}, dict, secret=True)


settings = MachinerySettings()
