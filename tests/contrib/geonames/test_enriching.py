"""A GeoNames dump fills what is empty, asks where it isn't sure, and reads in one pass."""

import tracemalloc

import pytest
from django.core.management import CommandError, call_command

from archive.contrib.geonames.enrichment import Wanted, enrich, find_places
from archive.models import Entity
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_entity


def line(pk, name, country="US", feature="P", code="PPL", **more):
    cells = [""] * 19
    cells[0], cells[1], cells[2] = str(pk), name, more.get("ascii", name)
    cells[3] = more.get("also", "")
    cells[4], cells[5] = more.get("lat", "45.5"), "-122.6"
    cells[6], cells[7], cells[8], cells[10] = feature, code, country, more.get("admin", "OR")
    cells[14] = str(more.get("people", 1000))
    return "\t".join(cells) + "\n"


def wanted(name="Portland", geonames_id=None, country="US", place_type="city"):
    return Wanted(1, geonames_id, (name,), country, place_type)


@pytest.mark.parametrize(
    ("entry", "dump", "ids"),
    [
        (wanted(), [line(5746545, "Portland")], [5746545]),
        (wanted(), [line(1, "Portland", country="AU")], []),
        (wanted(), [line(1, "Portland", feature="A", code="ADM2")], []),
        (wanted(), [line(1, "Portland", code="PPLX")], []),
        (wanted(country=""), [line(1, "Portland")], []),
        (wanted("Sao Paulo", country="BR"), [line(1, "São Paulo", country="BR")], [1]),
        (wanted("Oregon", place_type="state"), [line(1, "Oregon", feature="A", code="ADM1")], [1]),
        (wanted("x", geonames_id=7), [line(7, "Portland"), line(8, "x")], [7]),
        (wanted("湛江", country="CN"), [line(1, "Zhanjiang", country="CN", also="x,湛江")], [1]),
        (wanted(), [line(1, "Portland"), line(2, "Rose City", also="Portland")], [1]),
        (wanted(), [line(1, "Portland"), line(2, "Portland", admin="ME")], [1, 2]),
    ],
)
def test_matches_by_id_or_by_name_country_and_type(entry, dump, ids):
    assert [place.geonames_id for place in find_places(dump, [entry]).found[1]] == ids


@pytest.mark.exhaustive
def test_memory_doesnt_grow_with_the_file():
    dump = (line(n, f"Village {n}") for n in range(50_000))
    tracemalloc.start()
    scan = find_places(dump, [wanted()])
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert scan.lines == 50_000
    assert most < 20_000_000


@pytest.mark.django_db
def test_fills_only_what_is_empty_and_keeps_whose_data_it_is():
    make_entity("portland", "Portland", "", country="US")
    make_entity("salem", "Salem", "塞勒姆", country="US", latitude=1.0, longitude=2.0)
    alternates = [
        "1\t5746545\tzh\t波特蘭\t\t\t\t\n",
        "2\t5746545\tzh-CN\t老波特兰\t\t\t\t1\n",
        "3\t5746545\tfr\tPortland\t1\t\t\t\n",
    ]
    report = enrich([line(5746545, "Portland"), line(9, "Salem")], alternates)
    portland, salem = Entity.objects.order_by("key")
    assert (portland.latitude, portland.coordinates_source) == (45.5, "geonames")
    assert (portland.geonames_id, portland.name_in(CHINESE)) == (5746545, "波特兰")
    assert (salem.latitude, salem.coordinates_source, salem.geonames_id) == (1.0, "", 9)
    assert set(report.filled) == {"portland", "salem"}


@pytest.mark.django_db
def test_the_command_asks_and_stores_nothing_in_a_dry_run(tmp_path, capsys):
    make_entity("portland", "Portland", "波特兰", country="US")
    make_entity("salem", "Salem", "塞勒姆", country="US")
    dump = tmp_path / "cities500.txt"
    lines = [line(1, "Portland", people=650000), line(2, "Portland", admin="ME"), line(3, "Salem")]
    dump.write_text("".join(lines), encoding="utf-8")
    call_command("enrich_from_geonames", dump, "--dry-run")
    told = capsys.readouterr().out
    assert "portland: which of these?" in told
    assert told.index("650000") < told.index("US.ME")
    assert "1 filled, 1 to be asked" in told
    assert not Entity.objects.filter(geonames_id__isnull=False).exists()


@pytest.mark.django_db
def test_refuses_an_id_that_another_entry_has(capsys):
    make_entity("portland", "Portland", "波特兰", country="US")
    make_entity("portland-2", "Rose City", "玫瑰城", country="US", geonames_id=1)
    report = enrich([line(1, "Portland")])
    assert report.refused == {"portland": "1: portland-2"}
    assert getattr(Entity.objects.get(key="portland"), column("name", ENGLISH)) == "Portland"


@pytest.mark.django_db
def test_a_file_of_another_kind_is_named(tmp_path):
    other = tmp_path / "names.csv"
    other.write_text("key,kind\nzhanjiang,city\n")
    with pytest.raises(CommandError, match="isn't a GeoNames dump"):
        call_command("enrich_from_geonames", other)
