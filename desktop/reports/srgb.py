"""A small ICC profile for sRGB (IEC 61966-2-1), written here so that no foreign file is carried along."""

import struct
from functools import cache

# Primaries and white adapted to D50, as ICC asks (the values of the sRGB specification's own profile).
_WHITE = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_CURVE_POINTS = 256
_HEADER_SIZE = 128


@cache
def srgb_profile() -> bytes:
    """The bytes of an ICC version 2 display profile: three primaries and one tone curve, always the same."""
    name = b"sRGB"
    curve = b"curv" + bytes(4) + struct.pack(">I", _CURVE_POINTS) + _tone_curve()
    tags = [
        (b"desc", b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name + bytes(79)),
        (b"cprt", b"text" + bytes(4) + b"No copyright\0"),
        (b"wtpt", _xyz(_WHITE)),
        *((tag, _xyz(value)) for tag, value in _PRIMARIES.items()),
        *((tag, curve) for tag in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    return _assemble(tags)


def _assemble(tags: list[tuple[bytes, bytes]]) -> bytes:
    table, data, places = b"", b"", {}
    start = _HEADER_SIZE + 4 + 12 * len(tags)
    for tag, content in tags:
        if content not in places:
            places[content] = start + len(data)
            data += content + bytes(-len(content) % 4)
        table += tag + struct.pack(">II", places[content], len(content))
    body = struct.pack(">I", len(tags)) + table + data
    return _header(_HEADER_SIZE + len(body)) + body


def _header(size: int) -> bytes:
    fields = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    created = struct.pack(">6H", 2024, 1, 1, 0, 0, 0)
    tail = b"acsp" + bytes(28) + _fixed(_WHITE)
    return (fields + created + tail).ljust(_HEADER_SIZE, b"\0")


def _fixed(values: tuple[float, ...]) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(values)


def _tone_curve() -> bytes:
    def linear(encoded: float) -> float:
        return encoded / 12.92 if encoded <= 0.04045 else float(((encoded + 0.055) / 1.055) ** 2.4)

    points = (round(65535 * linear(index / (_CURVE_POINTS - 1))) for index in range(_CURVE_POINTS))
    return b"".join(struct.pack(">H", point) for point in points)
