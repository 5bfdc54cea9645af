#!/usr/bin/env python3
"""Opens a sealed record without any of Amparo's code: Python's standard library only, slow and plain on purpose.

It exists so that nobody depends on Amparo to read testimony, and so that a test can hold our sealing against a reader
written from the specification alone. Source: C2SP age.md (version age-encryption.org/v1); RFC 7748, 8439, 5869; BIP-173.

    open_record.py IDENTITY_FILE SEALED_FILE > record.json

Exit 0 when everything verified; 1 with one sentence on stderr otherwise, and then nothing on stdout.
"""
import base64
import hmac
import sys

CHUNK = 65536


class Refused(Exception):
    """The file or the identity is not what the specification allows, or does not belong together."""


# --- RFC 7748: X25519 ------------------------------------------------------------------------------------------------

P = 2**255 - 19


def x25519(scalar, point):
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = (k[31] & 127) | 64
    k = int.from_bytes(k, "little")
    x1 = int.from_bytes(point, "little") & (2**255 - 1)
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = (x2 + z2) % P, (x2 - z2) % P, (x3 + z3) % P, (x3 - z3) % P
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, c * b % P
        e = (aa - bb) % P
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


BASE = (9).to_bytes(32, "little")

# --- RFC 8439: ChaCha20-Poly1305 -------------------------------------------------------------------------------------

MASK = 0xFFFFFFFF


def quarter(s, a, b, c, d):
    s[a] = s[a] + s[b] & MASK
    x = s[d] ^ s[a]
    s[d] = (x << 16 | x >> 16) & MASK
    s[c] = s[c] + s[d] & MASK
    x = s[b] ^ s[c]
    s[b] = (x << 12 | x >> 20) & MASK
    s[a] = s[a] + s[b] & MASK
    x = s[d] ^ s[a]
    s[d] = (x << 8 | x >> 24) & MASK
    s[c] = s[c] + s[d] & MASK
    x = s[b] ^ s[c]
    s[b] = (x << 7 | x >> 25) & MASK


def words(data):
    return [int.from_bytes(data[i : i + 4], "little") for i in range(0, len(data), 4)]


def chacha20_block(key, counter, nonce):
    start = words(b"expand 32-byte k") + words(key) + [counter] + words(nonce)
    s = list(start)
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                           (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(s, a, b, c, d)
    return b"".join((x + y & MASK).to_bytes(4, "little") for x, y in zip(s, start))


def poly1305(key, data):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for i in range(0, len(data), 16):
        total = (total + int.from_bytes(data[i : i + 16] + b"\x01", "little")) * r % (2**130 - 5)
    return (total + int.from_bytes(key[16:], "little") & 2**128 - 1).to_bytes(16, "little")


def open_aead(key, nonce, sealed, what):
    """ChaCha20-Poly1305 without additional data; refuses before giving out a single byte."""
    if len(sealed) < 16:
        raise Refused(f"{what}: too short")
    text, tag = sealed[:-16], sealed[-16:]
    padded = text + bytes(-len(text) % 16)
    lengths = (0).to_bytes(8, "little") + len(text).to_bytes(8, "little")
    if not hmac.compare_digest(poly1305(chacha20_block(key, 0, nonce)[:32], padded + lengths), tag):
        raise Refused(f"{what}: authentication failed")
    stream = b"".join(chacha20_block(key, 1 + i, nonce) for i in range((len(text) + 63) // 64))
    return bytes(a ^ b for a, b in zip(text, stream))


# --- RFC 5869: HKDF-SHA-256, 32 bytes --------------------------------------------------------------------------------


def hkdf(secret, salt, info):
    extracted = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


# --- BIP-173: Bech32 -------------------------------------------------------------------------------------------------

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def bech32(text, prefix):
    if text != text.upper() and text != text.lower():
        raise Refused("the key mixes upper and lower case")
    human, _, rest = text.lower().rpartition("1")
    if human != prefix or any(c not in ALPHABET for c in rest) or len(rest) < 7:
        raise Refused(f"this is not a key that begins with {prefix.upper()}1")
    data = [ALPHABET.index(c) for c in rest]
    check = 1
    for value in [ord(c) >> 5 for c in human] + [0] + [ord(c) & 31 for c in human] + data:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    if check != 1:
        raise Refused("the key is mistyped: its checksum does not fit")
    number, bits = 0, 5 * (len(data) - 6)
    for value in data[:-6]:
        number = number << 5 | value
    spare = bits % 8
    if spare > 4 or number & (1 << spare) - 1:
        raise Refused("the key has stray bits at its end")
    return (number >> spare).to_bytes(bits // 8, "big")


def identities(text):
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key = bech32(line.strip(), "age-secret-key-")
            if len(key) != 32:
                raise Refused("the identity has the wrong length")
            found.append(key)
    if not found:
        raise Refused("the identity file holds no identity")
    return found


# --- C2SP age.md -----------------------------------------------------------------------------------------------------


def base64_strict(text):
    if "=" in text or len(text) % 4 == 1:
        raise Refused("header: base64 with padding or of an impossible length")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise Refused("header: not base64") from None
    if base64.b64encode(data).decode().rstrip("=") != text:
        raise Refused("header: base64 that is not canonical")
    return data


class Header:
    """The stanzas of a file, the bytes its MAC covers, and where the payload begins."""

    def __init__(self, data):
        self.data, self.at, self.stanzas = data, 0, []
        if self.line() != "age-encryption.org/v1":
            raise Refused("header: not an age v1 file")
        line = self.line()
        while not line.startswith("---"):
            self.stanzas.append(self.stanza(line))
            line = self.line()
        if not self.stanzas or not line.startswith("--- "):
            raise Refused("header: no stanza, or no MAC")
        self.mac = base64_strict(line[4:])
        if len(self.mac) != 32:
            raise Refused("header: the MAC has the wrong length")
        self.covered = data[: self.at - len(line) - 1 + 3]

    def line(self):
        end = self.data.find(b"\n", self.at)
        if end < 0:
            raise Refused("header: ends in the middle")
        line, self.at = self.data[self.at : end], end + 1
        if any(c < 32 or c > 126 for c in line):
            raise Refused("header: a character that does not belong there")
        return line.decode()

    def stanza(self, line):
        arguments = line.split(" ")
        if arguments[0] != "->" or len(arguments) < 2 or "" in arguments:
            raise Refused("header: a malformed stanza")
        body = ""
        while True:
            part = self.line()
            if len(part) > 64:
                raise Refused("header: a line that is too long")
            body += part
            if len(part) < 64:
                return arguments[1], arguments[2:], base64_strict(body)


def file_key(header, keys):
    for kind, arguments, body in header.stanzas:
        if kind == "scrypt" and len(header.stanzas) > 1:
            raise Refused("header: a passphrase stanza must stand alone")
        if kind != "X25519":
            continue
        share = base64_strict(arguments[0]) if len(arguments) == 1 else b""
        if len(share) != 32 or len(body) != 32:
            raise Refused("header: a malformed X25519 stanza")
        for key in keys:
            secret = x25519(key, share)
            if not any(secret):
                raise Refused("header: a share of low order")
            wrapping = hkdf(secret, share + x25519(key, BASE), b"age-encryption.org/v1/X25519")
            try:
                return open_aead(wrapping, bytes(12), body, "stanza")
            except Refused:
                continue
    raise Refused("none of these identities opens the file")


def open_file(data, keys):
    header = Header(data)
    key = file_key(header, keys)
    if not hmac.compare_digest(hmac.digest(hkdf(key, b"", b"header"), header.covered, "sha256"), header.mac):
        raise Refused("the header was changed: its MAC does not fit")
    nonce, payload = data[header.at : header.at + 16], data[header.at + 16 :]
    if len(nonce) < 16:
        raise Refused("header: no payload nonce")
    stream_key = hkdf(key, nonce, b"payload")
    plain, at, counter = [], 0, 0
    while True:
        chunk = payload[at : at + CHUNK + 16]
        at += len(chunk)
        last = at >= len(payload)
        plain.append(open_aead(stream_key, counter.to_bytes(11, "big") + bytes([last]), chunk, "payload"))
        if last:
            if counter and not plain[-1]:
                raise Refused("payload: an empty last chunk")
            return b"".join(plain)
        counter += 1


def main(arguments):
    if len(arguments) != 2:
        print("usage: open_record.py IDENTITY_FILE SEALED_FILE", file=sys.stderr)
        return 1
    try:
        with open(arguments[0], encoding="ascii") as identity, open(arguments[1], "rb") as sealed:
            sys.stdout.buffer.write(open_file(sealed.read(), identities(identity.read())))
        return 0
    except (Refused, OSError, UnicodeDecodeError) as problem:
        print(f"open_record.py: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
