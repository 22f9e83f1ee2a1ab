"""The kinds of record of this dossier: a folder each."""
