"""ristretto255 (RFC 9496) and hashing to it (RFC 9380), slowly and not in constant time."""

from hashlib import sha512

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def is_negative(x):
    return x % P & 1


def magnitude(x):
    return (P - x if is_negative(x) else x) % P


def sqrt_ratio(u, v):
    """Whether u/v is a square, and the root of it, or of i·u/v (RFC 9496, 4.2)."""
    root = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * root * root % P
    if check in (-u % P, -u * SQRT_M1 % P):
        root = root * SQRT_M1 % P
    return check in (u % P, -u % P), magnitude(root)


INVSQRT_A_MINUS_D = sqrt_ratio(1, -1 - D)[1]
SQRT_AD_MINUS_ONE = P - sqrt_ratio(-D - 1, 1)[1]


class Point:
    def __init__(self, x, y, z=1, t=None):
        self.x, self.y, self.z = x % P, y % P, z % P
        self.t = x * y % P if t is None else t % P

    def __add__(self, other):
        a = (self.y - self.x) * (other.y - other.x)
        b = (self.y + self.x) * (other.y + other.x)
        c, d = 2 * D * self.t * other.t, 2 * self.z * other.z
        e, f, g, h = b - a, d - c, d + c, b + a
        return Point(e * f, g * h, f * g, e * h)

    def __rmul__(self, scalar):
        total, power = Point(0, 1), self
        while scalar:
            if scalar & 1:
                total += power
            power, scalar = power + power, scalar >> 1
        return total

    def encode(self):
        u1, u2 = (self.z + self.y) * (self.z - self.y), self.x * self.y
        _, inverse = sqrt_ratio(1, u1 * u2 * u2 % P)
        den1, den2 = inverse * u1, inverse * u2
        z_inverse = den1 * den2 * self.t
        x, y, den = self.x, self.y, den2
        if is_negative(self.t * z_inverse):
            x, y, den = self.y * SQRT_M1, self.x * SQRT_M1, den1 * INVSQRT_A_MINUS_D
        if is_negative(x * z_inverse):
            y = -y
        return magnitude(den * (self.z - y)).to_bytes(32, "little")


BASE_Y = 4 * pow(5, -1, P) % P
BASE = Point(sqrt_ratio(BASE_Y**2 - 1, D * BASE_Y**2 + 1)[1], BASE_Y)


def decode(data):
    """A point other than the identity, of its one encoding (RFC 9496, 4.3.1)."""
    s = int.from_bytes(data, "little")
    assert len(data) == 32 and s < P and not is_negative(s), "not canonical"
    u1, u2 = (1 - s * s) % P, (1 + s * s) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    square, inverse = sqrt_ratio(1, v * u2 * u2 % P)
    x = magnitude(2 * s * inverse * u2)
    y = u1 * inverse * inverse * u2 * v % P
    assert square and not is_negative(x * y) and y, "not a point"
    assert s, "the identity"
    return Point(x, y)


def scalar(data):
    value = int.from_bytes(data, "little")
    assert len(data) == 32 and value < ORDER, "not canonical"
    return value


def mapped(data):
    """RFC 9496, 4.3.4, of one half."""
    t = int.from_bytes(data, "little") % 2**255
    r = SQRT_M1 * t * t % P
    u = (r + 1) * (1 - D * D) % P
    v = (-1 - r * D) * (r + D) % P
    square, s = sqrt_ratio(u, v)
    c = -1
    if not square:
        s, c = -magnitude(s * t) % P, r
    n = (c * (r - 1) * (D - 1) ** 2 - v) % P
    w0, w1 = 2 * s * v, n * SQRT_AD_MINUS_ONE
    w2, w3 = 1 - s * s, 1 + s * s
    return Point(w0 * w3, w2 * w1, w1 * w3, w0 * w2)


def expand(message, tag, length=64):
    """expand_message_xmd of RFC 9380, 5.3.1, for at most one block of SHA-512."""
    tag += bytes([len(tag)])
    first = sha512(bytes(128) + message + length.to_bytes(2) + b"\0" + tag).digest()
    return sha512(first + b"\1" + tag).digest()[:length]


def to_group(message, tag):
    data = expand(message, tag)
    return mapped(data[:32]) + mapped(data[32:])


def to_scalar(message, tag):
    return int.from_bytes(expand(message, tag), "little") % ORDER
