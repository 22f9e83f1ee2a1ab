"""The only package that reads `content/` and writes `docs/`: whole files at a time."""
