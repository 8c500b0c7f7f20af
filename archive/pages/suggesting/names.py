"""Names that the panel, its script and other rooms share."""

# The hidden input with the answers that are saved with the form, as JSON.
ANSWERS = "suggestion_answers"
# Hook: fn(story: Asked) -> HTML or "". What another room asks about the story, as a list item each.
SECTIONS_HOOK = "archive_suggestion_sections"
# Hook: fn(story: Asked) -> {entity id: Beside}. Where else the suggested names stand.
BESIDE_HOOK = "archive_beside_suggestions"
# Where the panel is in the form: "…/edit/#suggestions".
ANCHOR = "suggestions"
