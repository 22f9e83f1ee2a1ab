"""docs/ -> site/, through MkDocs: whole, atomic, repeatable."""
