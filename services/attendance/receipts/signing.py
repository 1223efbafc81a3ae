"""Keys that sign heads: Ed25519 (RFC 8032). A key is named by the SHA-256 of its public half."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterable, Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from services.attendance.receipts.hashing import canonical
from services.attendance.receipts.models import Head

# Signed before the head itself: no signature over a head can be one over anything else this key may ever sign.
CONTEXT = b"kinerja attendance receipt head 1\n"
BLOCK = re.compile(rb"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", re.DOTALL)

PublicKeys = Mapping[str, Ed25519PublicKey]
"""Public keys by their id."""


class BadKey(ValueError):
    """No key of ours; the message does not show it."""


class Signer:
    """The private key in use."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key()
        self.key_id = key_id_of(self.public)

    @classmethod
    def of(cls, secret: str) -> "Signer":
        """From a PEM (PKCS #8, not encrypted), or the 32 bytes of the key in base64. Raises BadKey."""
        try:
            if "BEGIN" in secret:
                key = serialization.load_pem_private_key(secret.strip().encode(), password=None)
            else:
                key = Ed25519PrivateKey.from_private_bytes(b64decode(secret.strip(), validate=True))
        except (ValueError, TypeError, Error, UnsupportedAlgorithm) as error:
            raise BadKey(f"the signing key cannot be read ({type(error).__name__})") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise BadKey("the signing key is not an Ed25519 key")
        return cls(key)

    def sign(self, head: Head) -> str:
        """The signature of a head, in hexadecimal."""
        return self.sign_bytes(signed_bytes(head))

    def sign_bytes(self, data: bytes) -> str:
        """The signature of bytes, which begin with what they are: what is signed as one thing is never another."""
        return self._key.sign(data).hex()


def signed_bytes(head: Head) -> bytes:
    """Exactly what is signed."""
    return CONTEXT + canonical(head.model_dump())


def key_id_of(key: Ed25519PublicKey) -> str:
    """The name of a key: SHA-256 of its 32 public bytes, in hexadecimal."""
    return sha256(key.public_bytes_raw()).hexdigest()


def is_signed(head: Head, signature: str, key: Ed25519PublicKey) -> bool:
    """Whether `key` has signed this head."""
    return are_signed(signed_bytes(head), signature, key)


def are_signed(data: bytes, signature: str, key: Ed25519PublicKey) -> bool:
    """Whether `key` has signed these bytes."""
    try:
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def pem_of(key: Ed25519PublicKey) -> str:
    """A public key as PEM."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def public_keys(blocks: Iterable[bytes]) -> dict[str, Ed25519PublicKey]:
    """Every public key in PEM texts, by id. Raises BadKey for one that is not Ed25519, or where there is none."""
    found: dict[str, Ed25519PublicKey] = {}
    for text in blocks:
        for block in BLOCK.findall(text):
            try:
                key = serialization.load_pem_public_key(block)
            except (ValueError, UnsupportedAlgorithm) as error:
                raise BadKey(f"berkas kunci tidak terbaca ({type(error).__name__})") from None
            if not isinstance(key, Ed25519PublicKey):
                raise BadKey("kunci ini bukan kunci Ed25519")
            found[key_id_of(key)] = key
    if not found:
        raise BadKey("berkas kunci tidak memuat kunci publik (PEM)")
    return found
