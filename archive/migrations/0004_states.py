"""Segments are empty, draft, confirmed or reviewed; versions keep their own words for it."""

from django.db import migrations, models
from django.db.models import Case, Q, Value, When

# What of a segment's words or decisions nobody stands by yet.
UNSEEN = ("machine", "file")
EMPTY = Q(target="", left_out=False, joined=False)
TO_OLD = {"empty": "initial", "confirmed": "translated", "draft": "translated"}


def name_anew(apps, schema_editor):
    unseen = ~Q(target="") & Q(state="initial", origin__in=UNSEEN)
    apps.get_model("archive", "Segment").objects.using(schema_editor.connection.alias).update(
        state=Case(
            When(EMPTY, then=Value("empty")),
            When(unseen, then=Value("draft")),
            When(state__in=["reviewed", "final"], then=Value("reviewed")),
            default=Value("confirmed"),
        )
    )


def name_as_before(apps, schema_editor):
    """Also in versions: the former words are the only ones that former releases read."""
    alias = schema_editor.connection.alias
    segments = apps.get_model("archive", "Segment").objects.using(alias)
    # The former releases take no other origin's drafts for unseen ones.
    segments.filter(origin="aligned").update(origin="file")
    unseen = Q(state="draft") & (Q(origin__in=UNSEEN) | Q(is_doubtful=True))
    segments.filter(unseen, is_doubtful=True).exclude(origin__in=UNSEEN).update(origin="file")
    segments.exclude(state="reviewed").update(
        state=Case(
            When(Q(state="empty") | unseen, then=Value("initial")), default=Value("translated")
        )
    )
    revisions = apps.get_model("wagtailcore", "Revision").objects.using(alias)
    of_translations = {"content_type__app_label": "archive", "content_type__model": "translation"}
    for revision in revisions.filter(**of_translations).iterator(chunk_size=100):
        for one in revision.content.get("segments", []):
            _rename(one)
        revision.save(update_fields=["content"])


def _rename(segment):
    is_doubtful = segment.pop("is_doubtful", False)
    if segment.get("origin") == "aligned" or (is_doubtful and segment["origin"] not in UNSEEN):
        segment["origin"] = "file"
    is_unseen = segment.get("state") == "draft" and segment.get("origin") in UNSEEN
    state = segment.get("state")
    segment["state"] = "initial" if is_unseen else TO_OLD.get(state, state)


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0003_script"),
    ]

    operations = [
        migrations.AddField(
            model_name="segment",
            name="is_doubtful",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="segment",
            name="origin",
            field=models.CharField(choices=[("human", "Translator"), ("memory", "Translation memory"), ("machine", "Machine"), ("file", "File"), ("aligned", "Aligned text")], default="human", max_length=10),
        ),
        migrations.AlterField(
            model_name="segment",
            name="state",
            field=models.CharField(choices=[("empty", "Empty"), ("draft", "Draft"), ("confirmed", "Confirmed"), ("reviewed", "Reviewed")], default="empty", max_length=12),
        ),
        migrations.AlterField(
            model_name="translation",
            name="done_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="segments confirmed or left out"),
        ),
        migrations.RunPython(name_anew, name_as_before),
    ]
