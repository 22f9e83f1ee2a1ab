"""Cache of Jinja bytecode between runs, because compiling templates takes longer than rendering them."""

from collections.abc import Mapping

import jinja2
from jinja2.bccache import Bucket


class TemplateCache(jinja2.BytecodeCache):
    """A bytecode cache in memory; Jinja itself checks that the bytecode fits the source and this Python."""

    def __init__(self, known: object) -> None:
        """Begin with the bytecode of an earlier run, by key; with none if this is no such mapping."""
        there = known if isinstance(known, Mapping) else {}
        self.known = {key: code for key, code in there.items() if isinstance(key, str) and isinstance(code, bytes)}
        self.fresh = False
        """Whether a template was compiled that was not there."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - named by the base class
        """The name alone: a dossier brings templates of its own, and a copy of it in another folder finds them again."""
        return super().get_cache_key(name)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket if its template is in the cache."""
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def add(self, known: Mapping[str, bytes]) -> None:
        """Take over the bytecode of another process."""
        self.fresh = self.fresh or not known.keys() <= self.known.keys()
        self.known.update(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Add a compiled template to the cache."""
        self.known[bucket.key] = bucket.bytecode_to_string()
        self.fresh = True
