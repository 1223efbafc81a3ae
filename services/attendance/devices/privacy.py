"""Takes biometric templates and door codes out of a body before anything becomes durable. Pure.

devices.md section 1.4: templates are specific personal data (UU 27/2022); of each only hash and size stay.
"""

import re
from hashlib import sha256

# FP, FACE, FVEIN and BIODATA carry TMP= / Tmp=; user pictures and visible-light faces carry Content=.
_TEMPLATE = re.compile(rb"(?i)(?P<head>(?:^|[\t\r\n ,&\x00])(?:tmp|template)[ ]?=)(?P<value>[^\t\r\n]+)")
_PICTURE = re.compile(rb"(?im)(?P<head>^(?:userpic|biophoto)[ \t][^\r\n]*?content=)(?P<value>[^\t\r\n]+)")
_PASSWORD = re.compile(rb"(?i)(?P<head>(?:^|[\t\r\n ])passwd=)(?P<value>[^\t\r\n]+)")
_WORDS = (b"tmp", b"template", b"content=", b"passwd=")
_SCRUBBED = re.compile(rb"sha256:[0-9a-f]{64};size:[0-9]+")


def scrub(body: bytes) -> bytes:
    """`body` with every template, picture and password replaced; the same object when there was none."""
    if b"=" not in body:
        return body
    lowered = body.lower()
    if not any(word in lowered for word in _WORDS):  # much quicker than the expressions on a large body
        return body
    body = _TEMPLATE.sub(_hashed, body)
    body = _PICTURE.sub(_hashed, body)
    return _PASSWORD.sub(rb"\g<head>(redacted)", body)


def _hashed(match: re.Match[bytes]) -> bytes:
    value = match["value"]
    if _SCRUBBED.fullmatch(value):
        return match[0]
    return match["head"] + fingerprint(value)


def fingerprint(value: bytes) -> bytes:
    """What stays of a template: `sha256:<hex>;size:<bytes>`."""
    return b"sha256:%s;size:%d" % (sha256(value).hexdigest().encode(), len(value))
