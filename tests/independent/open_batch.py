#!/usr/bin/env python3
"""Opens a batch without any of Amparo's code, as open_record.py opens a record: Python's standard library only.

Written from docs/FORMATS.md (sections Deployment and certificate, Manifest, Archive, Batch), crypto/FORMAT.md section 2, and
RFC 8032 for Ed25519. What a casebook knows besides (revoked devices, gaps, copies, what was erased) is not asked here.

    open_batch.py IDENTITY_FILE DEPLOYMENT_PUBLIC_KEY_FILE BATCH > records.jsonl

One record on each line, without its padding. Exit 0 when everything verified; 1 with one sentence on stderr otherwise, and
then nothing on stdout.
"""
import base64
import hashlib
import json
import re
import sys

from open_record import P, Refused, identities, open_file

# --- RFC 8032: Ed25519 -----------------------------------------------------------------------------------------------

ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    return total


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if len(data) != 32 or y >= P:
        raise Refused("signature: not a point")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        raise Refused("signature: not a point")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def verify_ed25519(key, message, signature, what):
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or scalar >= ORDER:
        raise Refused(f"{what}: a malformed signature")
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(scalar, BASE), add(point(signature[:32]), times(hashed, point(key)))
    if any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1)):
        raise Refused(f"{what}: the signature is not of this key")


# --- crypto/FORMAT.md, section 2: minisign ---------------------------------------------------------------------------


def decoded(text, size, what):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if len(data) != size or base64.b64encode(data).decode() != text:
        raise Refused(f"{what}: not base64 of {size} bytes")
    return data


def public_key(text, what):
    data = decoded(text, 42, what)
    if data[:2] != b"Ed":
        raise Refused(f"{what}: not a minisign public key")
    return data[2:10], data[10:]


def verify_minisign(key, message, signature, what):
    """The signed comment, once the signature over the message and the one over the comment have verified."""
    lines = signature.decode("utf-8").split("\n")
    trusted = "trusted comment: "
    if len(lines) != 5 or lines[4] or not lines[0].startswith("untrusted comment: ") or not lines[2].startswith(trusted):
        raise Refused(f"{what}: not a minisign signature")
    first, whole = decoded(lines[1], 74, what), decoded(lines[3], 64, what)
    if first[:2] != b"ED" or first[2:10] != key[0]:
        raise Refused(f"{what}: signed with another key")
    comment = lines[2][len(trusted) :]
    verify_ed25519(key[1], hashlib.blake2b(message).digest(), first[10:], what)
    verify_ed25519(key[1], first[10:] + comment.encode(), whole, f"{what}, its comment")
    return comment


# --- docs/FORMATS.md: strict ustar -----------------------------------------------------------------------------------

BLOCK = 512
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


def ustar_header(name, size):
    before = name.encode().ljust(100, b"\0") + b"0000600\0" + b"0000000\0" * 2 + b"%011o\0" % size + b"0" * 11 + b"\0"
    behind = b"0" + bytes(100) + b"ustar\0" + b"00" + bytes(64) + b"0000000\0" * 2
    behind = behind.ljust(BLOCK - len(before) - 8, b"\0")
    return before + b"%06o\0 " % (sum(before) + sum(behind) + 8 * 32) + behind


def members(archive):
    """Names with contents, in order. Every header has to be the one that its name and size give."""
    found, at = {}, 0
    while archive[at : at + BLOCK] != bytes(BLOCK):
        header = archive[at : at + BLOCK]
        name, digits = header[:100].rstrip(b"\0").decode("latin-1"), header[124:135]
        if not re.fullmatch(NAME, name) or name in found or not re.fullmatch(rb"[0-7]{11}", digits):
            raise Refused("archive: a name or a size that does not belong there")
        size = int(digits, 8)
        if header != ustar_header(name, size):
            raise Refused(f"archive: the header of {name} is not strict")
        begin, end = at + BLOCK, at + BLOCK + size
        at = end + -size % BLOCK
        if at > len(archive) or any(archive[end:at]):
            raise Refused(f"archive: {name} is cut, or its fill is not zero")
        found[name] = archive[begin:end]
    if archive[at:] != bytes(2 * BLOCK):
        raise Refused("archive: does not end as it must")
    return found


# --- docs/FORMATS.md: certificate, manifest, batch -------------------------------------------------------------------

HEAD = ["MANIFEST", "MANIFEST.minisig", "CERT", "CERT.minisig"]
SIZES = [1 << 20, 4 << 20, 16 << 20, 64 << 20, 256 << 20]
CERTIFICATE = re.compile(r"amparo-cert 1\ndeployment ([0-9a-f]{16})\ndevice ([0-9a-f]{32})\nepoch ([1-9][0-9]{0,9})\n"
                         r"key (\S{56})\nnot-after [0-9]{4}-[0-9]{2}-[0-9]{2}\n")
COMMENT = re.compile(r"v=1 dev=([0-9a-f]{32}) ep=([1-9][0-9]{0,9}) seq=[1-9][0-9]{0,9} prev=[0-9a-f]{64} n=(0|[1-9][0-9]{0,4}) "
                     r"audit=[0-9a-f]{64}")
LINE = re.compile(r"([0-9a-f]{64})  (audit/[0-9]{10}-\d{4}-\d\d-\d\d-[a-z-]+\.age|records/[0-9a-f]{32}\.age|RETURN)")


def certified(found, deployment_text):
    """Device, epoch and key of the certificate."""
    key = public_key(deployment_text, "public key")
    comment = verify_minisign(key, found["CERT"], found["CERT.minisig"], "CERT")
    lines = re.fullmatch(CERTIFICATE, found["CERT"].decode("ascii"))
    if not lines:
        raise Refused("CERT: not a certificate")
    deployment, device, epoch, device_key = lines.groups()
    if deployment != hashlib.blake2b(base64.b64decode(deployment_text), digest_size=32).hexdigest()[:16]:
        raise Refused("CERT: of another programme")
    if comment != f"amparo-cert 1 dev={device} ep={epoch}":
        raise Refused("CERT: its comment says something else")
    return device, epoch, public_key(device_key, "CERT")


def listed(manifest):
    title, *lines = manifest.decode("ascii").split("\n")
    if title != "amparo-batch 1" or lines[-1:] != [""]:
        raise Refused("MANIFEST: not of a batch")
    digests = {}
    for line in lines[:-1]:
        parts = re.fullmatch(LINE, line)
        if not parts:
            raise Refused("MANIFEST: a line that does not belong there")
        digests[parts[2]] = parts[1]
    if lines[:-1] != sorted(lines[:-1]) or len(digests) != len(lines) - 1:
        raise Refused("MANIFEST: not sorted, or a name twice")
    return digests


def open_batch(sealed, keys, deployment_text):
    """Names and JSON of the records, in the order of MANIFEST."""
    archive = open_file(sealed, keys)
    if len(archive) not in SIZES:
        raise Refused("the archive does not have one of the sizes that hide its own")
    found = members(archive)
    if list(found)[:4] != HEAD:
        raise Refused("archive: does not begin as a batch")
    device, epoch, key = certified(found, deployment_text)
    comment = re.fullmatch(COMMENT, verify_minisign(key, found["MANIFEST"], found["MANIFEST.minisig"], "MANIFEST"))
    if not comment or comment[1] != device or comment[2] != epoch:
        raise Refused("MANIFEST: its comment is not of this device")
    digests = listed(found["MANIFEST"])
    if list(found) != HEAD + list(digests) + ["FILL"]:
        raise Refused("archive: holds something else than MANIFEST lists")
    for name, digest in digests.items():
        if hashlib.sha256(found[name]).hexdigest() != digest:
            raise Refused(f"{name}: changed")
    if any(found["FILL"]):
        raise Refused("FILL: not zero")
    if len(found.get("RETURN", bytes(32))) != 32:
        raise Refused("RETURN: not 32 bytes")
    records = [name for name in digests if name.startswith("records/")]
    if len(records) != int(comment[3]):
        raise Refused("MANIFEST: its comment counts other records")
    return [(name, json.loads(open_file(found[name], keys))) for name in records]


def main(arguments):
    if len(arguments) != 3:
        print("usage: open_batch.py IDENTITY_FILE DEPLOYMENT_PUBLIC_KEY_FILE BATCH", file=sys.stderr)
        return 1
    try:
        with open(arguments[0], encoding="ascii") as identity, open(arguments[1], encoding="utf-8") as deployment:
            keys, deployment_text = identities(identity.read()), deployment.read().splitlines()[1:2]
        if not deployment_text:
            raise Refused("public key: not a minisign public key file")
        with open(arguments[2], "rb") as batch:
            opened = open_batch(batch.read(), keys, deployment_text[0])
    except (Refused, OSError, ValueError) as problem:
        print(f"open_batch.py: {problem}", file=sys.stderr)
        return 1
    for _, record in opened:
        print(json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
