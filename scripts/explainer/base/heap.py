"""Memory that a process freed, and still holds."""

import contextlib
import gc


def give_back() -> None:
    """Give freed memory back to the system, where the C library keeps it otherwise: glibc's has `malloc_trim` for that."""
    import ctypes  # few runs need it

    gc.collect()
    with contextlib.suppress(OSError, AttributeError, TypeError):  # another library, or another system
        ctypes.CDLL(None).malloc_trim(0)
