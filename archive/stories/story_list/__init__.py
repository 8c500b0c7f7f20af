"""The list of all stories in Wagtail's admin: columns, filters, saved views, bulk edits."""
