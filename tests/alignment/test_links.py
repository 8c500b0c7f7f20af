"""What every alignment keeps to, whatever the texts are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.alignment.aligner import align_texts

PIECES = st.lists(st.sampled_from(["It rained.", "下雨了。", "", "5 ships", "三艘"]), max_size=6)


@given(PIECES, PIECES)
@settings(max_examples=100, deadline=None)
def test_every_piece_is_in_one_link_and_in_order(source, target):
    links = align_texts(source, target)
    assert [one for link in links for one in link.source] == [*range(len(source))]
    assert [one for link in links for one in link.target] == [*range(len(target))]
    assert all(link.source or link.target for link in links)
    assert all(0 <= link.confidence <= 1 for link in links)
