"""Tools for editors: skeletons of new records, a formatter, JSON Schemas, the link checker and the starter dossier."""
