"""Every page of the demo as machines see it: `make check-site`.

A crawler finds what is linked, the Nu Html Checker reads the HTML, epubcheck the books, and
Lighthouse looks at one page of each kind.
"""
