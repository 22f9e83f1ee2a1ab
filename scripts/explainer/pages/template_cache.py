"""Templates as Jinja compiled them, kept from one run to the next: compiling takes longer than filling them in."""

import contextlib
import marshal

import jinja2
from jinja2.bccache import Bucket


class TemplateCache(jinja2.BytecodeCache):
    """Compiled templates; Jinja itself looks whether they fit their source and this Python."""

    def __init__(self, data: bytes | None) -> None:
        """Take what an earlier run compiled, where its bytes are known to be whole."""
        self.known: dict[str, bytes] = {}
        with contextlib.suppress(ValueError, EOFError, TypeError):  # another Python's
            self.known = marshal.loads(data) if data else {}  # noqa: S302 - bytes of our own, by their digest
        self.before = data

    @property
    def fresh(self) -> bool:
        """Whether a template was compiled that was not known."""
        return self.before is None

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket where its template is known."""
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self.known[bucket.key] = bucket.bytecode_to_string()
        self.before = None

    def data(self) -> bytes:
        """All that is known, as bytes."""
        return self.before or marshal.dumps(dict(sorted(self.known.items())))
