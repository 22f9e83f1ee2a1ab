"""File access to a dossier: the only package that reads `content/` and writes `docs/`."""
