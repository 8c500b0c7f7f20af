import pytest
from tests.desk.test_moderation import *
def test_x(article, junior, reviewer):
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    r = decide(reviewer, translation, "approve")
    print(r.status_code, r.url)
    import re
    t = page_text(reviewer.client.get("/admin/"))
    i = t.find("messages")
    print(re.findall(r'<li class="(?:error|success|warning).*?</li>', t, re.S)[:5])
    tr = again(translation)
    print(tr.latest_revision.content)
    print(TaskState.objects.values(), tr.live)
