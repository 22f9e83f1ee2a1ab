"""Memory that a process freed, and still holds."""

import contextlib
import gc


def give_back() -> None:
    """Free what nothing needs any more, and give freed memory back to the system."""
    gc.collect()
    trim()


def trim() -> None:
    """Give freed memory back to the system, where the C library keeps it otherwise: glibc's has `malloc_trim` for that."""
    import ctypes  # few runs need it

    with contextlib.suppress(OSError, AttributeError, TypeError):  # another library, or another system
        ctypes.CDLL(None).malloc_trim(0)
