"""What our own files are recognised by: where each form keeps what it has no place for."""

XHTML = "application/xhtml+xml"
RECORD_TYPE = "application/json"
# ninjs: the role of a body that holds the record's facts.
ROLE_OF_RECORD = "archive-record"
# NewsML-G2: the name space of an element within the item's metadata.
NAMESPACE = "urn:x-wagtail-bilingual-archive:record"
# NITF: the name of a <meta> in the head.
META = "archive-record"
# WordPress: the keys of a post's meta with the facts, and with the lines above the text.
POST_META, POST_LINES = "_archive_record", "_archive_lines"
# Markdown: the field of the front matter that says so, as records do, and the texts' own.
MARKDOWN_TEXTS = "texts"
