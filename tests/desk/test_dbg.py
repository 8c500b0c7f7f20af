import pytest
from tests.desk.ledger import Ledger
from tests.pages.test_two_owners_orders import every_pair, EVERYTHING
from archive.models import Translation
@pytest.mark.django_db
def test_dbg():
    ledger = Ledger("en", editor_reads="zh-hans")
    walk = every_pair(EVERYTHING)
    last=[]
    for step in walk:
        try:
            ledger.does(step)
        except AssertionError:
            print("FAILED", step, last[-6:])
            for l in last[-6:]: print(l)
            dump(ledger)
            raise
        last.append((step, dump(ledger, False)))
def dump(ledger, p=True):
    t=Translation.objects.get(pk=ledger.translation.pk)
    out=[t.live, t.has_unpublished_changes, [(s.pk,s.key[-2:],s.target[-12:]) for s in t.segments.all()]]
    r=t.latest_revision
    if r: out.append((r.pk,[(s['pk'],s['key'][-2:],s['target'][-12:]) for s in r.content['segments']]))
    if p: print(out)
    return out
