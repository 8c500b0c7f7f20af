"""The full-text tables of the site's database, their triggers and functions, made by a migration.

They are no models: SQLite's are FTS5, and PostgreSQL's index is on a function of its own. A text
is forgotten with its document's row, by a trigger: a foreign key would keep Django from emptying
the tables of its tests.
"""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

TEXT = "archive_search_text"
LATEST = "archive_search_latest"
HEADLINE = "archive_search_headline"
FIELDS = ("headline", "standfirst", "about", "mentioned", "body", "captions", "bylines")
# A place in the first column takes two bytes less, and nearly all of them are in the body.
SQLITE_FIELDS = ("body", "headline", "standfirst", "about", "mentioned", "captions", "bylines")
# So much of a bulk load is sorted in memory before it is written, in bytes.
ROOM = 32 * 1024 * 1024
NOTE = "INSERT INTO archive_searchchange (article_id) VALUES (old.article_id)"


def creating(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """The statements that make the tables, empty: `check_archive search --repair` fills them."""
    yield from {"sqlite": _on_sqlite, "postgresql": _on_postgres}[connection.vendor](connection)


def dropping(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """The statements that take them away again."""
    if connection.vendor == "postgresql":
        yield f"DROP TRIGGER {TEXT}_forget ON archive_searchdocument"
        yield f"DROP FUNCTION {TEXT}_forget()"
        yield f"DROP TABLE {HEADLINE}"
        yield f"DROP TABLE {TEXT}"
        yield f"DROP FUNCTION {TEXT}_terms"
    else:
        yield f"DROP TRIGGER {TEXT}_forget"
        for table in (f"{HEADLINE}_words", HEADLINE, LATEST, TEXT):
            yield f"DROP TABLE {table}"


def _on_sqlite(connection: Any) -> Iterator[str]:
    # Terms come ready made, which the simplest tokenizer parts fastest.
    options = ["tokenize = ascii"]
    # Older ones can't delete from a table that holds no text, so there it holds the terms.
    if connection.Database.sqlite_version_info >= (3, 43):
        options += ["content=''", "contentless_delete=1"]
    for table in (TEXT, LATEST):
        yield f"CREATE VIRTUAL TABLE {table} USING fts5({', '.join([*SQLITE_FIELDS, *options])})"
    yield f"INSERT INTO {TEXT}({TEXT}, rank) VALUES ('hashsize', {ROOM})"
    yield f"CREATE VIRTUAL TABLE {HEADLINE} USING fts5({', '.join(['words', *options])})"
    yield f"CREATE VIRTUAL TABLE {HEADLINE}_words USING fts5vocab({HEADLINE}, row)"
    gone = " ".join(
        f"DELETE FROM {table} WHERE rowid = old.id;" for table in (TEXT, LATEST, HEADLINE)
    )
    yield (
        f"CREATE TRIGGER {TEXT}_forget AFTER DELETE ON archive_searchdocument "
        f"BEGIN {gone} {NOTE}; END"
    )


def _on_postgres(connection: Any) -> Iterator[str]:
    fields = ", ".join(f"{name} text NOT NULL DEFAULT ''" for name in FIELDS)
    yield f"CREATE TABLE {TEXT} (id bigint PRIMARY KEY, {fields})"
    # Words, each Chinese character, and each pair that stands side by side; beside them pieces of
    # other scripts that nobody asks for. A run of Chinese has no blank in it.
    yield f"""
        CREATE FUNCTION {TEXT}_terms(VARIADIC fields text[]) RETURNS text[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
            SELECT ARRAY(
                SELECT piece FROM unnest(string_to_array(whole, ' ')) piece
                WHERE ascii(piece) NOT BETWEEN 12293 AND 40959
            ) || single || ARRAY(
                SELECT one || two FROM unnest(single, single[2:]) pair(one, two)
                WHERE ascii(one) > 12292 AND ascii(two) > 12292
            ) FROM (
                SELECT whole,
                    string_to_array(regexp_replace(whole, '[ a-z0-9]+', ' ', 'g'), NULL) AS single
                FROM (SELECT array_to_string(fields, ' ') AS whole OFFSET 0) text OFFSET 0
            ) pieces
        $$"""
    yield (
        f"CREATE INDEX {TEXT}_terms ON {TEXT} USING gin "
        # Every search reads all that waits to be sorted in, so that is kept short, in kB.
        f"({TEXT}_terms({', '.join(FIELDS)})) WITH (gin_pending_list_limit = 256)"
    )
    yield f"CREATE TABLE {HEADLINE} (id bigint PRIMARY KEY, words tsvector NOT NULL)"
    yield f"CREATE INDEX {HEADLINE}_words ON {HEADLINE} USING gin (words)"
    gone = " ".join(f"DELETE FROM {table} WHERE id = old.id;" for table in (TEXT, HEADLINE))
    yield (
        f"CREATE FUNCTION {TEXT}_forget() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {gone} {NOTE}; RETURN old; END $$"
    )
    yield (
        f"CREATE TRIGGER {TEXT}_forget AFTER DELETE ON archive_searchdocument "
        f"FOR EACH ROW EXECUTE FUNCTION {TEXT}_forget()"
    )


class CreateTextTables(Operation):
    """For a migration, after the models."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, old: Any, new: Any) -> None:
        self._run(schema_editor, creating)

    def database_backwards(self, app_label: str, schema_editor: Any, old: Any, new: Any) -> None:
        self._run(schema_editor, dropping)

    def describe(self) -> str:
        return "Create the full-text tables of the search"

    def _run(self, schema_editor: Any, statements: Any) -> None:
        for statement in statements(schema_editor.connection):
            # Without parameters: a statement may hold a percent sign or a semicolon.
            schema_editor.execute(statement, params=None)
