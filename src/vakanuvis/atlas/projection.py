"""Where a place lies on the atlas's maps.

Equal Earth: Šavrič, Patterson, Jenny, "The Equal Earth map projection", International Journal of Geographical
Information Science 33 (2019), whose coefficients these are.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

WIDTH, HEIGHT = 1000, 487
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = sqrt(3) / 2


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """A point in degrees (WGS 84) as x and y on a map of `WIDTH` by `HEIGHT`."""
    t = asin(_M * sin(radians(latitude)))
    t2 = t * t
    t6 = t2**3
    a1, a2, a3, a4 = _A
    x = radians(longitude) * cos(t) / (_M * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    y = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    return (x / _EDGE + 1) * WIDTH / 2, (1 - y / _TOP) * HEIGHT / 2


# Half the width and height of the whole earth on the unit sphere.
_EDGE, _TOP = 2.70663, 1.31737
