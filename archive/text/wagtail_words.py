"""Sentences of Wagtail's admin that its Chinese lacks: the archive's catalogue has them.

Django asks the catalogues of apps in their order, and the archive stands before Wagtail. Named
here, the sentences stay in the catalogue when it is extracted anew. A test of the main screens
finds what they lack. Where a later Wagtail has Chinese of its own, the line can go.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    # Of Django 6.1.
    gettext_noop("- Select an option -"),
    gettext_noop("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    gettext_noop("%(status_display)s %(task_name)s %(started_at)s"),
    gettext_noop("%(time)s by %(user_display_name)s"),
    gettext_noop("A network error occurred"),
    gettext_noop("Actions (footer)"),
    gettext_noop("Add or show comments"),
    gettext_noop("Anyone"),
    gettext_noop("Anyone can edit this %(model_name)s"),
    gettext_noop("Anyone can edit this %(model_name)s – lock it to prevent others from editing"),
    gettext_noop("Application"),
    gettext_noop("Autosave is <span>paused</span>"),
    gettext_noop("Autosave is paused"),
    gettext_noop("By task"),
    gettext_noop("Choose when this %(model_name)s should go live and/or expire"),
    gettext_noop("Choose when this page should go live and/or expire"),
    gettext_noop("Choose who can view the live version of this page"),
    gettext_noop("Close modal dialogs (like this one)"),
    gettext_noop("Content metrics"),
    gettext_noop("Correct the validation errors to resume preview (saving will highlight errors)"),
    gettext_noop("Cut"),
    gettext_noop("Edit account avatar"),
    gettext_noop("Enable custom keyboard shortcuts specific to Wagtail."),
    gettext_noop("Exploring"),
    gettext_noop("Grid layout"),
    gettext_noop("Home"),
    gettext_noop("How we calculate our metrics"),
    gettext_noop("Image focal point"),
    gettext_noop("Insert or edit a link"),
    gettext_noop("Is commenting action"),
    gettext_noop(
        "Keyboard shortcuts are currently disabled; manage your %(account_link)s to enable them."
    ),
    gettext_noop(
        "Keyboard shortcuts are currently enabled; manage your %(account_link)s to disable them."
    ),
    gettext_noop("List layout"),
    gettext_noop("Locked by"),
    gettext_noop("Locking: "),
    gettext_noop("Monospace (code)"),
    gettext_noop("More bulk actions"),
    gettext_noop("More contrast"),
    gettext_noop("New: %(model_name)s"),
    gettext_noop("Oldest"),
    gettext_noop("Page types usage"),
    gettext_noop("Paste"),
    gettext_noop("Paste without formatting"),
    gettext_noop(
        "Please provide an image description to comply with best practices for accessibility."
    ),
    gettext_noop("Privacy and access"),
    gettext_noop("Readability"),
    gettext_noop("Reading time"),
    gettext_noop("Save changes"),
    gettext_noop("Save your changes before leaving"),
    gettext_noop("Schedule to publish"),
    gettext_noop("Search all pages…"),
    gettext_noop(
        'See our <a href="%(guide_link)s" target="_blank">content checks guide</a> for more '
        "information on how content metrics are calculated."
    ),
    gettext_noop("Shortcuts"),
    gettext_noop("Show disabled"),
    gettext_noop("Show issue"),
    gettext_noop("Snug"),
    gettext_noop("Sort by '%(label)s' in ascending order."),
    gettext_noop("Sort by '%(label)s' in descending order."),
    gettext_noop("Strike-through"),
    gettext_noop("Text editing"),
    gettext_noop("Text formatting"),
    gettext_noop("Theme preferences"),
    gettext_noop(
        'There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?'
    ),
    gettext_noop("There are no %(model_name)s to display."),
    gettext_noop("This data explained"),
    gettext_noop(
        "This publishing schedule will only take effect after you select the "
        '"Schedule to publish" option'
    ),
    gettext_noop("To be created by %(user)s"),
    gettext_noop("Toggle checks"),
    gettext_noop("Toggle minimap"),
    gettext_noop(
        "Troubleshoot your connection to the site before proceeding. Open the editor in a "
        "separate tab to view the last saved version."
    ),
    gettext_noop(
        "Upload successful. However, your new image seems to be a duplicate of an existing image. "
        "You may delete it if it wasn't required."
    ),
    gettext_noop(
        "Upload successful. However, your new image seems to be a duplicate of this existing "
        "image. You may delete it if it wasn't required."
    ),
    gettext_noop("Usage count: (high to low)"),
    gettext_noop("Usage count: (low to high)"),
    gettext_noop("Use server language: %(language_name)s"),
    gettext_noop("View latest version"),
    gettext_noop("Wagtail %(current_version)s editor guide"),
    gettext_noop(
        "We calculate reading time from word count, using different reading speeds for "
        "different languages."
    ),
    gettext_noop(
        "We extract the main content from the page preview, remove all formatting, and "
        "calculate the number of words."
    ),
    gettext_noop(
        "We use a readability formula based on length of words and sentences. Long sentences "
        "and words result in a worse readability score."
    ),
    gettext_noop("No %(model_name)s match your query."),
    gettext_noop("There are validation errors, click save to highlight them."),
    # Wagtail's Chinese has other words for 批注, 账号 and 您. (Those of its apps for users and
    # pictures stand before the archive.)
    gettext_noop("Awaiting your review"),
    gettext_noop("Your locked pages"),
    gettext_noop("Sorry, you do not have permission to access this area."),
    gettext_noop("You have <span>unsaved edits</span>"),
    gettext_noop("Your account settings have been changed successfully!"),
    gettext_noop("Comment"),
    gettext_noop("Comments"),
    gettext_noop("Add Comment"),
    gettext_noop("Add a comment"),
    gettext_noop("Add comment"),
    gettext_noop("Edit comment"),
    gettext_noop("Delete comment"),
    gettext_noop("Resolve comment"),
    gettext_noop("Reply to comment"),
    gettext_noop("Edit reply to comment"),
    gettext_noop("Delete reply to comment"),
    gettext_noop("Approve with comment"),
    gettext_noop("Comment notifications"),
    gettext_noop("Focus comment"),
    gettext_noop("Unfocus comment"),
    gettext_noop("Toggle comments"),
    gettext_noop("New comments"),
    gettext_noop("New comments:"),
    gettext_noop("Resolved comments"),
    gettext_noop("Resolved comments:"),
    gettext_noop("Deleted comments"),
    gettext_noop("Deleted comments:"),
    gettext_noop("with comment:"),
    gettext_noop("You cannot edit another user's comment."),
    gettext_noop('%(editor)s has updated comments on "%(title)s"'),
    gettext_noop('%(editor)s has updated comments on "%(title)s".'),
    gettext_noop('The following comment was left: "%(comment)s"'),
    gettext_noop('Added a comment on field %(field)s: "%(text)s"'),
    gettext_noop("Added a comment"),
    gettext_noop('Edited a comment on field %(field)s: "%(text)s"'),
    gettext_noop("Edited a comment"),
    gettext_noop('Deleted a comment on field %(field)s: "%(text)s"'),
    gettext_noop("Deleted a comment"),
    gettext_noop('Resolved a comment on field %(field)s: "%(text)s"'),
    gettext_noop("Resolved a comment"),
    gettext_noop('Replied to comment on field %(field)s: "%(text)s"'),
    gettext_noop("Replied to a comment"),
    gettext_noop('Edited a reply to a comment on field %(field)s: "%(text)s"'),
    gettext_noop('Deleted a reply to a comment on field %(field)s: "%(text)s"'),
    gettext_noop("Edited a reply"),
    gettext_noop("Deleted a reply"),
    # Django's and Wagtail's Chinese put spaces into “3 minutes ago”.
    gettext_noop("%(time_period)s ago"),
    ngettext_lazy("%(num)d year", "%(num)d years", 0),
    ngettext_lazy("%(num)d month", "%(num)d months", 0),
    ngettext_lazy("%(num)d week", "%(num)d weeks", 0),
    ngettext_lazy("%(num)d day", "%(num)d days", 0),
    ngettext_lazy("%(num)d hour", "%(num)d hours", 0),
    ngettext_lazy("%(num)d minute", "%(num)d minutes", 0),
    # Wagtail's Chinese says “in use” of what is published, and puts a space before a noun.
    gettext_noop("live"),
    gettext_noop("live + scheduled"),
    gettext_noop("Add %(label)s"),
    gettext_noop("Add %(model_name)s"),
    gettext_noop("account"),
    gettext_noop("item"),
    gettext_noop("items"),
    ngettext_lazy("%(num_parent_objects)d page", "%(num_parent_objects)d pages", 0),
    *(
        ngettext_lazy(
            '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
            '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
            0,
        ),
        ngettext_lazy(
            '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
            '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
            0,
        ),
        ngettext_lazy(
            '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
            '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
            0,
        ),
    ),
    ngettext_lazy("1 snippet type", "%(counter)s snippet types", 0),
    ngettext_lazy("Referenced %(count)s time", "Referenced %(count)s times", 0),
    ngettext_lazy("There is one matching page", "There are %(counter)s matching pages", 0),
    ngettext_lazy(
        "This %(model_name)s is referenced %(usage_count)s time.",
        "This %(model_name)s is referenced %(usage_count)s times.",
        0,
    ),
)
