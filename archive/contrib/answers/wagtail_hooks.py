"""What this app adds to the archive: answers above a search's stories."""

from wagtail import hooks

from archive.contrib.answers.answers import Answers


@hooks.register("register_archive_search_answers")
def answer_searches() -> Answers:
    return Answers()
