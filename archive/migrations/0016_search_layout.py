from django.db import migrations

TEXT = 'archive_search_text'
LATEST = 'archive_search_latest'
BEFORE = ('headline', 'standfirst', 'about', 'mentioned', 'body', 'captions', 'bylines')
# A place in the first column takes two bytes less, and nearly all of them are in the body.
AFTER = ('body', 'headline', 'standfirst', 'about', 'mentioned', 'captions', 'bylines')
# So much of a bulk load is sorted in memory before it is written.
ROOM = 32 * 1024 * 1024


def lay_out(columns):
    """Make SQLite's text tables anew: empty until `manage.py rebuild_search` has run."""

    def make(apps, schema_editor):
        connection = schema_editor.connection
        if connection.vendor != 'sqlite':
            return
        options = [*columns, "tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co M*'\""]
        if connection.Database.sqlite_version_info >= (3, 43):
            options += ["content=''", 'contentless_delete=1']
        with connection.cursor() as cursor:
            cursor.execute('DELETE FROM archive_searchbits')
            for table in (TEXT, LATEST):
                cursor.execute(f'DROP TABLE {table}')
                cursor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({', '.join(options)})")
            cursor.execute(f"INSERT INTO {TEXT}({TEXT}, rank) VALUES ('hashsize', {ROOM})")

    return make


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0015_caching"),
    ]

    operations = [
        migrations.RunPython(lay_out(AFTER), lay_out(BEFORE)),
    ]
