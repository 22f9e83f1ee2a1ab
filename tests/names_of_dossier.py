"""Names that belong to this dossier, and stand in no file of the engine and on no page of another dossier."""

import re

NAMES = re.compile(
    r"interpol(?!at)|united nations|\b71/19|\b73/11|unoct|\bcted\b|unodc|epervier|libertad|sawiyan|jürgen|defence online",
    re.IGNORECASE,
)
