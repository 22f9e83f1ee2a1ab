"""What a system refuses, in words for people: the finding, the expectation and the next step of an OSError."""

import errno
import os
from pathlib import Path

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_TOO_MANY_FILES = {errno.EMFILE, errno.ENFILE}


def is_of_the_system(error: BaseException) -> bool:
    """Whether the system refused something, as where the disk is full, and not only a file that is named is not there."""
    named = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR)
    return isinstance(error, OSError) and error.errno is not None and error.errno not in named


def in_words(error: OSError) -> str:
    """Message for an OSError that nothing describes in better words."""
    reason = error.strerror or str(error)
    if error.errno in _TOO_MANY_FILES:
        return f"the system lets this program open no more files ({reason}); expected some hundred; raise the limit (ulimit -n), then run again"
    if error.filename is None and "temporary" in reason:  # the words of the module tempfile
        return (
            "no folder for temporary files can be written; expected one; set TMPDIR to a folder with space on the disk"
        )
    if error.filename is None and error.errno in _NO_SPACE:
        return f"the disk is full ({reason}); expected space on it; make some, then run again"
    if error.filename is None:
        return f"the system refused something ({reason}); look for the cause outside the dossier, then run again"
    path = Path(os.fsdecode(error.filename))
    place = path.parent if path.suffix == ".part" else path  # a file has its temporary name until it is complete
    step = "make space on the disk" if error.errno in _NO_SPACE else "check its permissions and the space on the disk"
    return f"{place} cannot be used ({reason}); expected a place that can be; {step}, then run again"
