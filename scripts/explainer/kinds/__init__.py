"""The kinds of record that every dossier has, and the registry of those and of a dossier's own."""
