"""Switchboard for Wagtail's hooks: imports the rooms' registrations."""

import archive.desk.hooks
import archive.entities.hooks
import archive.guide.hooks
import archive.journal.hooks
import archive.search.viewsets
import archive.setup.hooks
import archive.site.hooks
import archive.stories.hooks
import archive.ties.hooks
