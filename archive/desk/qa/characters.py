"""Character classes that the checks share, for use inside a regular expression's brackets."""

HAN = r"\u3400-\u9fff\u3007\uf900-\ufaff\U00020000-\U0003134f"
LATIN = r"A-Za-z\u00c0-\u024f"
