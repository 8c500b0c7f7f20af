"""Export, edit, import: what the editor changed is changed, and what others changed stays."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.entities.actions import load_entities
from archive.entities.csv_files import (
    parse_entities,
    write_entities,
    write_openrefine,
    write_quickstatements,
)
from archive.models import Entity, EntityName
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_entity, make_merged, make_names_editor

ENTITIES = Entity.objects.order_by("key").prefetch_related("names")


def exported(write=write_entities):
    out = io.StringIO()
    write(out, ENTITIES.all())
    return out.getvalue()


def edited(text, key, **cells):
    """The file with some cells of one line changed, as a spreadsheet would write it."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        if row["key"] == key:
            row.update(cells)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def load(text, **options):
    parsed = parse_entities(text, "names.csv")
    assert parsed.errors == []
    return load_entities(parsed.rows, **options)


@pytest.mark.django_db
class TestRoundTrip:
    def test_unedited_changes_nothing(self):
        make_entity(aliases={"=Fort": ENGLISH, "广州湾": CHINESE}, latitude=-21.5, longitude=1.0)
        report = load(exported())
        assert (report.unchanged, report.kept, report.changes) == (1, [], [])

    def test_an_edit_goes_in_though_nobody_ever_loaded_the_entry(self):
        entity = make_entity(aliases={"广州湾": CHINESE})
        EntityName.objects.update(kind="former")
        text = edited(exported(), "zhanjiang", name_en="Chankiang", aliases_zh="广州湾;湛江市")
        report = load(text)
        entity = Entity.objects.get(pk=entity.pk)
        assert entity.name_in(ENGLISH) == "Chankiang"
        assert dict(entity.names.values_list("text", "kind")) == {
            "广州湾": "former",
            "湛江市": "alias",
        }
        changes = [(c.field, c.before, c.after) for c in report.changes]
        assert changes == [("name_en", "Zhanjiang", "Chankiang"), ("aliases_zh", "", "湛江市")]

    def test_what_was_changed_since_the_export_stays_and_is_shown(self):
        entity = make_entity()
        text = edited(exported(), "zhanjiang", name_en="Chankiang")
        Entity.objects.filter(pk=entity.pk).update(**{column("name", ENGLISH): "Zhan Jiang"})
        (kept,) = load(text).kept
        assert (kept.field, kept.stored, kept.offered) == ("name_en", "Zhan Jiang", "Chankiang")
        assert Entity.objects.get().name_in(ENGLISH) == "Zhan Jiang"
        load(text, overwrite=True)
        assert Entity.objects.get().name_in(ENGLISH) == "Chankiang"

    def test_a_row_that_fails_leaves_the_rest_to_go_on(self):
        make_entity()
        make_entity("seattle", "Seattle", "西雅图")
        text = edited(exported(), "zhanjiang", country="XX")
        report = load(edited(text, "seattle", name_zh="西雅图市"))
        assert [(error.line, error.field) for error in report.errors] == [(3, "country")]
        assert Entity.objects.get(key="seattle").name_in(CHINESE) == "西雅图市"
        assert Entity.objects.get(key="zhanjiang").country == "CN"

    def test_a_merged_entry_isnt_made_again(self):
        make_merged("tsamkong", make_entity())
        report = load("key,kind,name_en\ntsamkong,city,Tsamkong\n")
        assert "merged into “zhanjiang”" in str(report.errors[0])
        assert Entity.objects.count() == 1


@pytest.mark.django_db
class TestOtherTools:
    def test_openrefine_gets_a_line_each_with_property_columns(self):
        make_entity(latitude=21.2, longitude=110.4, geonames_id=1784990, wikidata_id="Q59144")
        header, row = csv.reader(io.StringIO(exported(write_openrefine)), dialect="excel-tab")
        cells = dict(zip(header, row, strict=True))
        assert (cells["name_en"], cells["name_zh"], cells["Wikidata"]) == (
            "Zhanjiang",
            "湛江",
            "Q59144",
        )
        assert (cells["P625"], cells["P1566"]) == ("21.2,110.4", "1784990")

    def test_quickstatements_speaks_of_known_items_only(self):
        make_entity(wikidata_id="Q59144", aliases={'The "Bay"': ENGLISH})
        make_entity("seattle", "Seattle", "西雅图")
        assert exported(write_quickstatements).splitlines() == [
            'Q59144\tLen\t"Zhanjiang"',
            "Q59144\tAen\t\"The 'Bay'\"",
            'Q59144\tLzh-hans\t"湛江"',
        ]


@pytest.mark.django_db
class TestScreen:
    address = "wagtailsnippets_archive_entity:import_names"

    def upload(self, client, text):
        file = SimpleUploadedFile("names.csv", text.encode())
        return client.post(reverse(self.address), {"file": file})

    def test_shows_the_changes_before_it_stores_them(self, client):
        client.force_login(make_names_editor())
        make_entity()
        text = edited(exported(), "zhanjiang", name_en="Chankiang")
        response = self.upload(client, text)
        assert "<ins>Chankiang</ins>" in response.content.decode()
        assert Entity.objects.get().name_in(ENGLISH) == "Zhanjiang"
        data = response.context["confirm"].data
        client.post(reverse(self.address), data)
        assert Entity.objects.get().name_in(ENGLISH) == "Chankiang"

    def test_shows_them_anew_where_something_happened_meanwhile(self, client):
        client.force_login(make_names_editor())
        make_entity()
        response = self.upload(client, edited(exported(), "zhanjiang", name_en="Chankiang"))
        Entity.objects.update(**{column("name", ENGLISH): "Zhan Jiang"})
        again = client.post(reverse(self.address), response.context["confirm"].data)
        assert "review the changes again" in again.content.decode()
        assert Entity.objects.get().name_in(ENGLISH) == "Zhan Jiang"

    def test_names_file_line_and_field_of_an_error(self, client):
        client.force_login(make_names_editor())
        page = self.upload(client, "key,kind,lat\nzhanjiang,city,north\n").content.decode()
        assert "names.csv:2: lat: Write degrees as a number" in page
