"""Names that a dossier's own kinds cannot have, since the engine gives them to folders, files, tables and templates of its own."""

from collections.abc import Iterator

from explainer.records.record import Record

FOLDERS = frozenset(
    {"words", "history", "site"}  # under content/
    | {"about", "figures", "statements", "citations", "relations", "said", "texts"}  # tables and views of the data
)
"""What cannot be the folder of a kind, whose records stand there and in a table of this name."""
SECTIONS = frozenset(
    {"about", "contributing", "assets", "index"}  # pages that people write, and files of the theme
    | {"accessibility", "changes", "corrections", "data", "fields", "open-questions", "results", "search"}  # pages
    | {"api", "cite", "embed", "versions"}  # files for programs, and editions of the site
    | {"all", "editions", "offices", "reviews"}  # feeds, calendars and templates of indexes
)
"""What cannot be the section of a kind, whose pages, feed and calendar have its name."""
KINDS = frozenset(
    {"index", "parts", "site"}  # pages of the field reference
    | {"family", "guide", "overview", "year"}  # what the search and the lists call that is no record
    | {
        "block",
        "changes-by-kind",
        "comparison",
        "editions",
        "events",
        "fields",
        "fields-shown",
        "home",
        "macros",
        "record",
    }
    | {
        "review",
        "site-edition",
        "site-editions",
        "source-entry",
        "sources-shelf",
        "story",
        "timeline-decade",
    }  # templates
)
"""What no kind can be called."""


def taken(model: type[Record]) -> Iterator[str]:
    """Messages about names of a kind that something else of the engine has."""
    if model.KIND in KINDS:
        yield f"'{model.KIND}' is a name of the engine; expected a name of its own; rename the folder and KIND"
    section = model.section()
    names = {model.FOLDER} & FOLDERS | ({section} & SECTIONS if section else set())
    for name in sorted(names):
        yield f"'{name}' is a folder of the engine; expected a name of its own; change FOLDER or SECTION"
