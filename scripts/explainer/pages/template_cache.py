"""Cache of Jinja bytecode between runs, because compiling templates takes longer than rendering them."""

import contextlib
import marshal

import jinja2
from jinja2.bccache import Bucket


class TemplateCache(jinja2.BytecodeCache):
    """A bytecode cache in memory; Jinja itself checks that the bytecode fits the source and this Python."""

    def __init__(self, data: bytes | None) -> None:
        """Load the bytecode of an earlier run from data whose digest has been verified."""
        self.known: dict[str, bytes] = {}
        with contextlib.suppress(ValueError, EOFError, TypeError):  # written by another Python
            self.known = marshal.loads(data) if data else {}  # noqa: S302 - bytes of our own, by their digest
        self.before = data

    @property
    def fresh(self) -> bool:
        """Whether a template was compiled that the loaded data lacks, or no data was loaded."""
        return self.before is None

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - named by the base class
        """The name alone: a dossier brings templates of its own, and a copy of it in another folder finds them again."""
        return super().get_cache_key(name)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket if its template is in the cache."""
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Add a compiled template to the cache."""
        self.known[bucket.key] = bucket.bytecode_to_string()
        self.before = None

    def data(self) -> bytes:
        """Serialise the cache."""
        return self.before or marshal.dumps(dict(sorted(self.known.items())))
