from importlib import import_module

from django.db import migrations, models
import django.db.models.deletion

TEXT = 'archive_search_text'
LATEST = 'archive_search_latest'
HEADLINE = 'archive_search_headline'
COLUMNS = ('body', 'headline', 'standfirst', 'about', 'mentioned', 'captions', 'bylines')
# So much of a bulk load is sorted in memory before it is written.
ROOM = 32 * 1024 * 1024
NOTE = 'INSERT INTO archive_searchchange (article_id) VALUES (old.article_id)'


def change_tables(apps, schema_editor):
    """Headlines get an index of their own; `manage.py rebuild_search` fills it.

    SQLite's text tables are made anew, empty too: their terms come ready made, which its simplest
    tokenizer parts fastest.
    """
    run(schema_editor, {'sqlite': sqlite_statements, 'postgresql': postgres_statements})


def go_back(apps, schema_editor):
    run(schema_editor, {'sqlite': sqlite_back, 'postgresql': postgres_back})
    layout = import_module('archive.migrations.0016_search_layout')
    layout.lay_out(layout.AFTER)(apps, schema_editor)


def restore_trigger(apps, schema_editor):
    """On SQLite, a table that is altered is made anew, without its trigger."""
    run(schema_editor, {'sqlite': lambda connection: trigger(TEXT, LATEST)})


def run(schema_editor, statements):
    make = statements.get(schema_editor.connection.vendor)
    with schema_editor.connection.cursor() as cursor:
        for statement in make(schema_editor.connection) if make else ():
            cursor.execute(statement)


def trigger(*tables):
    gone = ' '.join(f'DELETE FROM {table} WHERE rowid = old.id;' for table in tables)
    yield f'DROP TRIGGER IF EXISTS {TEXT}_forget'
    yield (
        f'CREATE TRIGGER {TEXT}_forget AFTER DELETE ON archive_searchdocument '
        f'BEGIN {gone} {NOTE}; END'
    )


def sqlite_statements(connection):
    options = ['tokenize = ascii']
    if connection.Database.sqlite_version_info >= (3, 43):
        options += ["content=''", 'contentless_delete=1']
    # Without its trigger the table is emptied at once.
    yield f'DROP TRIGGER IF EXISTS {TEXT}_forget'
    yield 'DELETE FROM archive_searchdocument'
    yield 'DELETE FROM archive_searchbits'
    for table in (TEXT, LATEST):
        yield f'DROP TABLE {table}'
        yield f"CREATE VIRTUAL TABLE {table} USING fts5({', '.join([*COLUMNS, *options])})"
    yield f"INSERT INTO {TEXT}({TEXT}, rank) VALUES ('hashsize', {ROOM})"
    yield f"CREATE VIRTUAL TABLE {HEADLINE} USING fts5({', '.join(['words', *options])})"
    yield f'CREATE VIRTUAL TABLE {HEADLINE}_words USING fts5vocab({HEADLINE}, row)'
    yield from trigger(TEXT, LATEST, HEADLINE)


def sqlite_back(connection):
    yield from trigger(TEXT, LATEST)
    yield f'DROP TABLE {HEADLINE}_words'
    yield f'DROP TABLE {HEADLINE}'


def postgres_statements(connection):
    yield f'CREATE TABLE {HEADLINE} (id bigint PRIMARY KEY, words tsvector NOT NULL)'
    yield f'CREATE INDEX {HEADLINE}_words ON {HEADLINE} USING gin (words)'
    yield postgres_trigger(TEXT, HEADLINE)


def postgres_trigger(*tables):
    gone = ' '.join(f'DELETE FROM {table} WHERE id = old.id;' for table in tables)
    return (
        f'CREATE OR REPLACE FUNCTION {TEXT}_forget() RETURNS trigger LANGUAGE plpgsql AS '
        f'$$ BEGIN {gone} {NOTE}; RETURN old; END $$'
    )


def postgres_back(connection):
    yield postgres_trigger(TEXT)
    yield f'DROP TABLE {HEADLINE}'


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0017_lists'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, restore_trigger),
        migrations.DeleteModel(name='HeadlineHint'),
        # Their unique constraint begins with the story.
        migrations.AlterField(
            model_name='searchdocument',
            name='article',
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name='+',
                to='archive.articlepage',
            ),
        ),
        migrations.RunPython(change_tables, go_back),
    ]
