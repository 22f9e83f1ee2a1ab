"""How considerate the link checker is by default; imports nothing heavy, so that the command line can show it."""

from explainer.base.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Manners:
    """Rate limits and timeouts of the link checker. Their defaults stand here and nowhere else."""

    workers: int = 8
    """Hosts visited at the same time; one host never gets two requests at once, even by redirects from others."""
    pause: float = 1.0
    """Seconds between two requests to one host, doubled before each retry."""
    timeout: float = 20.0
    """Socket timeout in seconds, and the limit for receiving a whole page."""
    tries: int = 3
    """Maximum number of attempts for a URL that cannot be reached."""
    days: int = 30
    """Days for which a visit counts as recent."""
    most_bytes: int = 1024 * 1024
    """Maximum bytes of a page that are read."""
    redirects: int = 10
    """Maximum number of redirects that are followed."""
    longest_wait: float = 60.0
    """Maximum seconds to wait at a host's request, between two visits or before the next try."""
