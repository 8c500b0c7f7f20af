"""The load_entities command: loads, loads again, and respects editors."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.models import Entity, EntityName, Tie, TieEvidence
from archive.text.language import CHINESE, ENGLISH, column
from tests.entities.files import PEOPLE, PLACES, TIES
from tests.factories import make_entity

pytestmark = pytest.mark.django_db

NAME_EN = column("name", ENGLISH)


@pytest.fixture
def out():
    """What the command printed."""
    return StringIO()


@pytest.fixture
def load(tmp_path, out):
    """Loads texts as files; returns what was printed so far."""

    def run(verbosity: int = 1, **texts: str) -> str:
        options: dict[str, object] = {"verbosity": verbosity}
        for name, text in texts.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            options[name] = path
        call_command("load_entities", **options, stdout=out, stderr=out)
        return out.getvalue()

    return run


def everything():
    """All rows with all their values, ids included."""
    return [
        sorted(model.objects.values_list(), key=str)
        for model in (Entity, EntityName, Tie, TieEvidence)
    ]


def test_loads_names_and_ties(load):
    load(cities=PLACES, people=PEOPLE, ties=TIES)
    zhanjiang = Entity.objects.get(key="zhanjiang")
    assert zhanjiang.aliases_in(CHINESE) == ["湛江市", "广州灣"]
    assert Entity.objects.get(key="chen-lanbin").verified
    tie = Tie.objects.get(kind="sister_city")
    assert tie.pair == "Atlantic City ↔ Zhanjiang"
    assert (tie.since, tie.confidence, tie.status) == ("2005-10", "medium", "unknown")
    evidence = tie.evidence.get()
    assert (evidence.sentence, evidence.source_url) == (
        "The two cities signed in October.",
        "https://example.org/tie",
    )


def test_takes_only_an_announced_visit_for_planned(load):
    load(cities=PLACES, ties=TIES)
    assert Tie.objects.get(kind="friendly_exchange").status == "planned"


def test_loading_twice_changes_nothing(load):
    load(cities=PLACES, people=PEOPLE, ties=TIES)
    before = everything()
    printed = load(cities=PLACES, people=PEOPLE, ties=TIES)
    assert everything() == before
    assert "cities.csv: 0 new, 0 updated, 3 unchanged" in printed
    assert "ties.csv: 0 new, 0 updated, 2 unchanged" in printed


def test_loading_a_corrected_file_updates(load):
    load(cities=PLACES, ties=TIES)
    printed = load(
        cities=PLACES.replace("Fort Bayard", "Fort-Bayard").replace("21.2,110.4,1", "21.3,110.4,1"),
        ties=TIES.replace("2005-10", "2005-10-18").replace("in October", "on 18 October"),
    )
    zhanjiang = Entity.objects.get(key="zhanjiang")
    assert zhanjiang.latitude == 21.3
    assert zhanjiang.aliases_in(ENGLISH) == ["Fort-Bayard"]
    tie = Tie.objects.get(kind="sister_city")
    assert tie.since == "2005-10-18"
    assert tie.evidence.get().sentence == "The two cities signed on 18 October."
    assert "cities.csv: 0 new, 1 updated, 2 unchanged" in printed


def test_keeps_what_an_editor_changed_and_says_so(load):
    load(cities=PLACES, ties=TIES)
    zhanjiang = Entity.objects.get(key="zhanjiang")
    setattr(zhanjiang, NAME_EN, "Zhanjiang (Tsamkong)")
    zhanjiang.names.filter(text="湛江市").delete()
    zhanjiang.save()
    Tie.objects.filter(kind="sister_city").update(status="in_force")
    printed = load(
        cities=PLACES.replace(",Zhanjiang,", ",Zhanjiang City,").replace("Q59144", "Q1"), ties=TIES
    )
    zhanjiang = Entity.objects.get(key="zhanjiang")
    assert zhanjiang.name_in(ENGLISH) == "Zhanjiang (Tsamkong)"
    assert zhanjiang.aliases_in(CHINESE) == ["广州灣"]
    assert zhanjiang.wikidata_id == "Q1"
    assert Tie.objects.get(kind="sister_city").status == "in_force"
    assert "cities.csv:2: zhanjiang: name_en: kept as edited here" in printed


def test_an_alias_and_a_sentence_that_left_the_file_go(load):
    load(cities=PLACES, ties=TIES.replace("https://example.org/tie", "https://example.org/old"))
    load(cities=PLACES.replace("Fort Bayard", ""), ties=TIES)
    assert Entity.objects.get(key="zhanjiang").aliases_in(ENGLISH) == []
    (evidence,) = Tie.objects.get(kind="sister_city").evidence.all()
    assert evidence.source_url == "https://example.org/tie"


def test_an_aliass_kind_is_corrected_unless_an_editor_chose_it(load):
    load(cities=PLACES)
    EntityName.objects.filter(text="Fort Bayard").update(kind="former")
    load(cities=PLACES)
    kinds = dict(EntityName.objects.values_list("text", "kind"))
    assert kinds == {"Fort Bayard": "former", "湛江市": "alias", "广州灣": "traditional"}


def test_keeps_an_entry_that_editors_made_first(load):
    entity = make_entity(zh="", aliases={"Kwangchowan": ENGLISH}, region="Canton")
    load(cities=PLACES)
    entity = Entity.objects.get(pk=entity.pk)
    assert (entity.name_in(CHINESE), entity.region) == ("湛江", "Canton")
    assert entity.aliases_in(ENGLISH) == ["Kwangchowan", "Fort Bayard"]


def test_a_file_without_a_column_leaves_that_field_alone(load):
    load(cities=PLACES)
    load(cities="key,kind,name_en\nzhanjiang,city,Zhanjiang City\n")
    zhanjiang = Entity.objects.get(key="zhanjiang")
    assert (zhanjiang.name_in(ENGLISH), zhanjiang.name_in(CHINESE)) == ("Zhanjiang City", "湛江")
    assert len(zhanjiang.names.all()) == 3
    assert zhanjiang.latitude == 21.2


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        ({"cities": PLACES.replace("US,39.4,-74.4", "US,99.4,-74.4")}, "cities.csv:3: lat: "),
        ({"cities": PLACES.replace(",US,", ",USA,")}, "cities.csv:3: country: "),
        ({"cities": PLACES.replace("Atlantic City,大西洋城", ",")}, "cities.csv:3: name_en: "),
        ({"people": PEOPLE.replace("https://example.org/", "")}, "people.csv:2: source_url: "),
        ({"ties": TIES.replace("zhanjiang,atl", "zhan,atl")}, "ties.csv:2: from_key: No place"),
        ({"ties": TIES.replace("2005-10", "05/10")}, "ties.csv:2: since: "),
        ({"ties": TIES.replace("sister_city", "twins")}, "ties.csv:2: kind: Write one of: sister"),
        ({"ties": TIES.replace("medium", "low")}, "ties.csv:2: confidence: "),
        ({"ties": TIES.replace("https://example.org/tie", "")}, "ties.csv:2: source_url: Name"),
        ({"ties": TIES.replace("The two cities signed in October.", "")}, "ties.csv:2: evidence: "),
        (
            {
                "ties": TIES.replace(
                    "https://example.org/tie,The two cities signed in October.", ","
                )
            },
            "ties.csv:2: source_url: A new tie needs a source",
        ),
        ({"ties": TIES.replace("atlantic-city,s", "zhanjiang,s")}, "ties.csv:2: to_key: A place"),
        ({"ties": TIES + TIES.splitlines()[1]}, "ties.csv:4: kind: The same tie is on line 2"),
    ],
)
def test_reports_a_broken_row_loads_the_others_and_fails(load, out, texts, complaint):
    with pytest.raises(CommandError) as failure:
        load(**{"cities": PLACES, "people": PEOPLE, "ties": TIES, **texts})
    assert failure.value.returncode == 1
    assert complaint in out.getvalue()
    assert Entity.objects.filter(key="zhanjiang").exists()
    assert Entity.objects.filter(key="cpaffc").exists()
    assert Tie.objects.filter(kind="friendly_exchange").exists()


def test_a_quiet_load_prints_nothing(load, out):
    load(cities=PLACES, verbosity=0)
    assert out.getvalue() == ""


def test_needs_a_file():
    with pytest.raises(CommandError, match="Name at least one file"):
        call_command("load_entities")


def test_says_which_file_is_missing(tmp_path):
    with pytest.raises(CommandError, match=r"none\.csv can't be read"):
        call_command("load_entities", cities=tmp_path / "none.csv")


def test_says_how_to_save_a_file_in_no_encoding(tmp_path):
    path = tmp_path / "broken.csv"
    path.write_bytes(b"zh,kind\n\xff\xff\xff,city\n")
    with pytest.raises(CommandError, match="CSV UTF-8"):
        call_command("load_entities", cities=path)
