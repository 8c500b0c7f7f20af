"""What a tie between two places accepts, and how a pair is stored."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import translation

from archive.models import Tie, TieEvidence
from archive.text.language import ENGLISH, column
from tests.factories import make_article, make_entity, make_merged, make_tie

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhanjiang():
    return make_entity()


@pytest.fixture
def atlantic_city():
    return make_entity("atlantic-city", "Atlantic City", "大西洋城", country="US")


def test_stores_a_pair_in_the_order_of_its_keys(zhanjiang, atlantic_city):
    tie = make_tie(zhanjiang, atlantic_city)
    assert (tie.place_a, tie.place_b) == (atlantic_city, zhanjiang)
    assert tie.other_place(zhanjiang) == atlantic_city
    assert tie.other_place(atlantic_city) == zhanjiang


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Atlantic City ↔ Zhanjiang (Sister cities)"),
        ("zh-hans", "大西洋城 ↔ 湛江（友好城市）"),
    ],
)
def test_is_called_by_its_places_and_kind(zhanjiang, atlantic_city, language, name):
    make_tie(zhanjiang, atlantic_city)
    with translation.override(language):
        assert str(Tie.objects.get()) == name


def test_rejects_a_tie_to_itself(zhanjiang):
    with pytest.raises(ValidationError) as error:
        Tie(place_a=zhanjiang, place_b=zhanjiang, kind="trade").full_clean()
    assert "can't be tied to itself" in error.value.message_dict["place_b"][0]
    with pytest.raises(IntegrityError):
        make_tie(zhanjiang, zhanjiang)


def test_rejects_a_second_tie_of_the_kind_whichever_place_comes_first(zhanjiang, atlantic_city):
    make_tie(zhanjiang, atlantic_city)
    with pytest.raises(ValidationError, match="already have a tie of this kind"):
        Tie(place_a=atlantic_city, place_b=zhanjiang, kind="sister_city").full_clean()
    with pytest.raises(IntegrityError):
        make_tie(atlantic_city, zhanjiang)


def test_a_pair_may_be_tied_in_several_ways(zhanjiang, atlantic_city):
    make_tie(zhanjiang, atlantic_city)
    make_tie(zhanjiang, atlantic_city, "trade")
    assert Tie.objects.between(zhanjiang, atlantic_city).count() == 2
    assert Tie.objects.between(atlantic_city, zhanjiang).count() == 2


def test_finds_the_ties_of_a_place(zhanjiang, atlantic_city):
    seattle = make_entity("seattle", "Seattle", "西雅图", country="US")
    make_tie(zhanjiang, atlantic_city)
    make_tie(seattle, atlantic_city, "trade")
    assert [tie.kind for tie in Tie.objects.of(zhanjiang)] == ["sister_city"]
    assert Tie.objects.of(atlantic_city).count() == 2
    assert [tie.kind for tie in Tie.objects.of_place_like("西雅")] == ["trade"]


def test_the_ties_of_a_merged_place_are_found_and_sorted_by_the_name_that_stands_for_it(
    zhanjiang, atlantic_city
):
    make_tie(make_merged("aberdeen", zhanjiang), make_entity("bath", "Bath", ""))
    make_tie(atlantic_city, make_entity("yantai", "Yantai", "烟台"), "trade")
    in_order = Tie.objects.in_columns("", ENGLISH, "place")
    assert [tie.kind for tie in in_order] == ["trade", "sister_city"]
    for words in ("湛江", "Old aberdeen"):
        assert [tie.kind for tie in Tie.objects.of_place_like(words)] == ["sister_city"]


def test_saving_the_tie_of_a_merged_place_leaves_it_to_the_name_that_was_merged(zhanjiang):
    merged, bath = make_merged("aberdeen", zhanjiang), make_entity("bath", "Bath", "")
    tie = make_tie(merged, bath)
    Tie.objects.get(pk=tie.pk).save()
    assert Tie.objects.values_list("place_a", "place_b").get() == (merged.pk, bath.pk)


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"since": "1985", "until": "1979-12"}, "until"),
        ({"since": "in 1985"}, "since"),
        ({"until": "1985-13"}, "until"),
    ],
)
def test_rejects_dates_that_make_no_sense(zhanjiang, atlantic_city, dates, field):
    with pytest.raises(ValidationError) as error:
        Tie(place_a=zhanjiang, place_b=atlantic_city, kind="trade", **dates).full_clean()
    assert field in error.value.message_dict


def test_a_year_may_end_in_itself(zhanjiang, atlantic_city):
    Tie(
        place_a=zhanjiang, place_b=atlantic_city, kind="visit", since="2015-10", until="2015"
    ).full_clean()


def test_a_place_with_ties_cannot_be_deleted(zhanjiang, atlantic_city):
    make_tie(zhanjiang, atlantic_city)
    with pytest.raises(ProtectedError):
        zhanjiang.delete()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"source_url": "https://example.org/"}, column("sentence", ENGLISH)),
        ({column("sentence", ENGLISH): "They signed."}, "source_url"),
        ({column("sentence", ENGLISH): "They signed.", "source_url": "a page"}, "source_url"),
    ],
)
def test_evidence_needs_a_sentence_and_a_source(zhanjiang, atlantic_city, values, field):
    tie = make_tie(zhanjiang, atlantic_city)
    with pytest.raises(ValidationError) as error:
        TieEvidence(tie=tie, **values).full_clean()
    assert field in error.value.message_dict


def test_a_story_of_the_archive_is_source_enough(zhanjiang, atlantic_city):
    tie = make_tie(zhanjiang, atlantic_city)
    sentence = {column("sentence", ENGLISH): "They signed."}
    TieEvidence(tie=tie, article=make_article(), **sentence).full_clean()


def test_evidence_outlives_its_story(zhanjiang, atlantic_city):
    article = make_article()
    tie = make_tie(zhanjiang, atlantic_city, article=article)
    article.delete()
    assert TieEvidence.objects.get(tie=tie).article is None
