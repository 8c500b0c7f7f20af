from importlib import import_module

from django.db import migrations, models

TEXT = 'archive_search_text'
LATEST = 'archive_search_latest'
FIELDS = ('headline', 'standfirst', 'about', 'mentioned', 'body', 'captions', 'bylines')
# A document's headline hints point to its row.
EMPTY = ('DELETE FROM archive_headlinehint', 'DELETE FROM archive_searchdocument')
NOTE = 'INSERT INTO archive_searchchange (article_id) VALUES (old.article_id)'


def change_text_tables(apps, schema_editor):
    """The search index changes its form: `manage.py rebuild_search` fills it afterwards."""
    vendor = schema_editor.connection.vendor
    statements = {'sqlite': sqlite_statements, 'postgresql': postgres_statements}[vendor]
    with schema_editor.connection.cursor() as cursor:
        for statement in statements(schema_editor.connection):
            cursor.execute(statement)


def sqlite_statements(connection):
    options = [*FIELDS, "tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co M*'\""]
    if connection.Database.sqlite_version_info >= (3, 43):
        options += ["content=''", 'contentless_delete=1']
    yield f"CREATE VIRTUAL TABLE {LATEST} USING fts5({', '.join(options)})"
    yield f'DROP TRIGGER IF EXISTS {TEXT}_forget'
    yield (
        f'CREATE TRIGGER {TEXT}_forget AFTER DELETE ON archive_searchdocument '
        f'BEGIN DELETE FROM {TEXT} WHERE rowid = old.id; '
        f'DELETE FROM {LATEST} WHERE rowid = old.id; {NOTE}; END'
    )


def postgres_statements(connection):
    fields = ', '.join(f"{name} text NOT NULL DEFAULT ''" for name in FIELDS)
    # While the trigger of the documents still finds its table.
    yield from EMPTY
    yield f'DROP TABLE {TEXT}'
    yield f'CREATE TABLE {TEXT} (id bigint PRIMARY KEY, {fields})'
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
        f'CREATE INDEX {TEXT}_terms ON {TEXT} USING gin '
        # Every search reads all that waits to be sorted in, so that is kept short, in kB.
        f"({TEXT}_terms({', '.join(FIELDS)})) WITH (gin_pending_list_limit = 256)"
    )
    yield (
        f'CREATE OR REPLACE FUNCTION {TEXT}_forget() RETURNS trigger LANGUAGE plpgsql AS '
        f'$$ BEGIN DELETE FROM {TEXT} WHERE id = old.id; {NOTE}; RETURN old; END $$'
    )


def go_back(apps, schema_editor):
    """As the migration before left it, and empty."""
    before = import_module('archive.migrations.0005_search')
    with schema_editor.connection.cursor() as cursor:
        for statement in EMPTY:
            cursor.execute(statement)
    before.drop_text_table(apps, schema_editor)
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == 'postgresql':
            cursor.execute(f'DROP FUNCTION {TEXT}_terms')
        else:
            cursor.execute(f'DROP TABLE {LATEST}')
    before.create_text_table(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0009_search_hints'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchBits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('level', models.PositiveSmallIntegerField(default=0)),
                ('bits', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'language', 'level'), name='archive_one_row_of_bits')],
            },
        ),
        migrations.RunPython(change_text_tables, go_back),
    ]
