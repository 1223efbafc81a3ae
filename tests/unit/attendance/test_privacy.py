"""No template, picture or door code survives scrubbing; everything else does, byte for byte."""

from hashlib import sha256

import pytest

from services.attendance.devices.privacy import scrub
from services.attendance.devices.tables import count_lines
from tests.fixtures.iclock.write import FILES, TEMPLATE


@pytest.mark.parametrize("name", ["34_fp_template.req.http", "42_biodata.req.http"])
def test_templates_become_hash_and_size(name: str) -> None:
    body = FILES[name].partition(b"\r\n\r\n")[2]
    scrubbed = scrub(body)
    assert TEMPLATE.encode() not in scrubbed
    assert TEMPLATE[:24].encode() not in scrubbed
    digest = sha256(TEMPLATE.encode()).hexdigest()
    assert f"=sha256:{digest};size:{len(TEMPLATE)}".encode() in scrubbed
    assert count_lines(scrubbed) == count_lines(body)
    assert scrub(scrubbed) == scrubbed, "scrubbing twice changes nothing"


@pytest.mark.parametrize(
    "line",
    [
        b"FACE PIN=1\tFID=0\tSIZE=9\tVALID=1\tTMP=c2VjcmV0c2VjcmV0",
        b"FVEIN Pin=1\tFID=0\tTmp=c2VjcmV0c2VjcmV0",
        b"FP PIN=1,FID=0,TMP=c2VjcmV0c2VjcmV0",
        b"USERPIC PIN=1\tFileName=1.jpg\tSize=9\tContent=c2VjcmV0c2VjcmV0",
        b"BIOPHOTO PIN=1\tFileName=1.jpg\tType=9\tContent=c2VjcmV0c2VjcmV0",
        b"USER PIN=1\tName=A\tPasswd=c2VjcmV0c2VjcmV0\tCard=",
        b"tmp=c2VjcmV0c2VjcmV0",
    ],
)
def test_every_shape_that_carries_one(line: bytes) -> None:
    assert b"c2VjcmV0" not in scrub(b"OPLOG 4\t1\t2\n" + line + b"\nOPLOG 5\t1\t2\n")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"42\t2026-03-02 07:30:00\t0\t1\t0\t0\t0\n",
        b"USER PIN=1\tName=tmp\tPri=0\tPasswd=\tCard=\n",
        b"ERRORLOG ErrCode=D01E0001\tErrMsg=\tDataOrigin=cmd\n",
        bytes(range(256)) * 4,
    ],
)
def test_everything_else_is_kept_byte_for_byte(body: bytes) -> None:
    assert scrub(body) == body
