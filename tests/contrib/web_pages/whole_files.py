"""One small, right file of each format of the web, for tests that damage it or make it large."""

from tests.contrib.intake.whole_files import PARAGRAPH, SECOND

HTML = (
    "<!DOCTYPE html><html><head><title>Port opens</title></head><body><article>"
    f"<h1>Port opens</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article></body></html>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><item>'
    f"<title>Port opens</title><description>{PARAGRAPH} {SECOND}</description></item>"
    "</channel></rss>"
)
MHTML = (
    "From: <Saved by Blink>\r\nSubject: Port opens\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n'
    f"----x\r\nContent-Type: text/html\r\n\r\n{HTML}\r\n----x--\r\n"
)
# By the format's id.
WHOLE = {"html": HTML.encode(), "feed": FEED.encode(), "mhtml": MHTML.encode()}
