import pytest
from tests.browser import acting
from tests.factories import make_article, make_editor
@pytest.mark.parametrize("n", range(4))
def test_zz(open_tab, n):
    article = make_article("Old words")
    page = open_tab(make_editor("li"))
    page.on("response", lambda r: r.request.method == "POST" and print(r.status, r.url[-40:], r.request.headers.get("accept","")[:17]))
    acting.edit(page, article)
    for text in ("Once", "Twice"):
        acting.type_into(page, "headline_en", text)
        try: page.wait_for_function("window.formIsSaved()", timeout=12000)
        except Exception:
            f=page.locator("[data-edit-form]")
            print(text, f.evaluate("e=>[...e.attributes].filter(a=>a.name.startsWith('data-w-')).map(a=>a.name.slice(7)+'='+a.value).join(' ')"), page.evaluate("document.querySelector('#w-autosave-indicator').dataset.wAutosaveStateValue"))
            print(page.evaluate("[window.sentState===window.savedState, window.sentState?.length, window.savedState?.length]"))
            a=set(eval(page.evaluate("window.savedState||'[]'"))); b=set(eval(page.evaluate("JSON.stringify([...new FormData(document.querySelector('[data-edit-form]'))].map(String))")))
            print(a^b)
            raise
