"""The projection of maps: Equal Earth, which keeps areas true (https://doi.org/10.1080/13658816.2018.1504949)."""

import math

WIDTH = 960
"""Width of a map in the units of its drawing."""
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
_EDGE = 2 * math.sqrt(3) * math.pi / (3 * _A1)
_SCALE = WIDTH / 2 / _EDGE
_NORTH, _SOUTH = 83.8, -56.5
"""Northernmost and southernmost latitude of a map; no country lies beyond."""

Point = tuple[float, float]


def project(longitude: float, latitude: float) -> Point:
    """Degrees -> a point on a plane of `WIDTH`, y downwards from the northern edge."""
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = math.radians(longitude) * math.cos(theta) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
    return WIDTH / 2 + _SCALE * x, _SCALE * (_TOP - _rise(theta))


def _rise(theta: float) -> float:
    t2 = theta * theta
    return theta * (_A1 + _A2 * t2 + t2 * t2 * t2 * (_A3 + _A4 * t2))


_TOP = _rise(math.asin(_M * math.sin(math.radians(_NORTH))))
HEIGHT = math.ceil(project(0, _SOUTH)[1])
"""Height of a map of the world."""
