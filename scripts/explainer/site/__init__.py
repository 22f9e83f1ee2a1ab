"""docs/ -> site/, through MkDocs."""
