"""The list of translations' two actions with the memory. Wiring only."""

from wagtail import hooks

from archive.contrib.pretranslation.views import AnalyseAction, PretranslateAction

hooks.register("register_bulk_action", PretranslateAction)
hooks.register("register_bulk_action", AnalyseAction)
