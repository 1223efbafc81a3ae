"""The bytes a terminal sends and the answers it understands: ADMS / PUSH "iclock", devices.md sections 1.1 to 1.6."""

from typing import NamedTuple

STAMP = 9999
ENTER, UNDEFINED = 0, 255  # punch states: 255 is what face terminals send with the state key switched off
FINGER, FACE = 1, 15  # verify codes


class Answer(NamedTuple):
    """A whole HTTP answer. `closes` = the server will not take another request on this connection."""

    status: int
    body: bytes
    closes: bool

    @property
    def acknowledged(self) -> int | None:
        """n of `OK: n` (also `OK:n`), None for anything else: only this makes a terminal forget its records."""
        if self.status != 200 or not self.body.startswith(b"OK:"):
            return None
        text = self.body[3:].strip()
        return int(text) if text.isdigit() else None


class BadAnswer(ValueError):
    """Not HTTP, or of no stated length: the terminal drops the connection."""


def finger_line(pin: str, local_time: str, status: int = ENTER) -> bytes:
    """Seven fields, an empty work code and a trailing TAB, as the Solution X100-C sends. `local_time` is wall time."""
    return f"{pin}\t{local_time}\t{status}\t{FINGER}\t\t0\t0\t\n".encode()


def face_line(pin: str, local_time: str, status: int = UNDEFINED) -> bytes:
    """Ten fields and a trailing TAB, verified by face, direction undefined, as the SenseFace 4A sends."""
    return f"{pin}\t{local_time}\t{status}\t{FACE}\t0\t0\t0\t0\t0\t0\t\n".encode()


class Requests:
    """The requests of one terminal, with all that never changes put together once."""

    __slots__ = ("_attlog", "_options", "_results", "handshake", "poll", "serial")

    def __init__(self, serial: str, host: str, *, keep_alive: bool = False, path: str = "") -> None:
        """`host` is what the operator typed (host:port), `path` what stands before /iclock, such as /d/<token>."""
        self.serial = serial
        connection = "keep-alive" if keep_alive else "close"
        tail = (
            f"HTTP/1.1\r\nHost: {host}\r\nUser-Agent: iClock Proxy/1.09\r\nConnection: {connection}\r\nAccept: */*\r\n"
        )
        cdata = f"{path}/iclock/cdata?SN={serial}"
        self.handshake = f"GET {cdata}&options=all&language=73&pushver=2.4.1 {tail}\r\n".encode()
        self.poll = f"GET {path}/iclock/getrequest?SN={serial} {tail}\r\n".encode()
        self._attlog = f"POST {cdata}&table=ATTLOG&Stamp={STAMP} {tail}Content-Length: ".encode()
        self._options = f"POST {cdata}&table=options {tail}Content-Length: ".encode()
        self._results = f"POST {path}/iclock/devicecmd?SN={serial} {tail}Content-Length: ".encode()

    def attlog(self, body: bytes) -> bytes:
        """Attendance lines; no Content-Type, as real terminals."""
        return b"%s%d\r\n\r\n%s" % (self._attlog, len(body), body)

    def options(self, body: bytes) -> bytes:
        """What the terminal says of itself: one line of comma separated `key=value` (devices.md section 1.4)."""
        return b"%s%d\r\n\r\n%s" % (self._options, len(body), body)

    def results(self, body: bytes) -> bytes:
        """Results of commands."""
        return b"%s%d\r\n\r\n%s" % (self._results, len(body), body)


def read_answer(received: bytes) -> tuple[Answer, int] | None:
    """The first answer in `received` and how many bytes it takes; None while it is not complete.

    Raises BadAnswer for what is not HTTP with a Content-Length: the device port never answers otherwise.
    """
    end = received.find(b"\r\n\r\n")
    if end < 0:
        if len(received) > 65_536:
            raise BadAnswer("no end of headers in 64 KiB")
        return None
    head = received[:end].lower()
    at = head.find(b"\r\ncontent-length:")
    if at < 0 or not head.startswith(b"http/1."):
        raise BadAnswer(repr(received[:80]))
    stop = head.find(b"\r\n", at + 2)
    length = int(head[at + 17 : stop if stop > 0 else end])
    whole = end + 4 + length
    if len(received) < whole:
        return None
    return Answer(int(head[9:12]), received[end + 4 : whole], b"\r\nconnection: close" in head), whole


def read_options(body: bytes) -> dict[str, str]:
    """`Key=Value` lines of a handshake answer; the first line and what is no pair are left out."""
    pairs = (line.partition("=") for line in body.decode("latin-1").splitlines()[1:])
    return {key.strip(): value.strip() for key, separator, value in pairs if separator}


# What a terminal without a journal of what it sent can do; it says -1002 (unsupported) to the rest.
OBEYED = ("CHECK", "LOG", "INFO", "REBOOT", "SET OPTION")


def command_results(body: bytes) -> bytes:
    """What a terminal reports of the commands in a poll's answer (`C:<id>:<command>` lines); empty when there is none.

    devices.md section 1.5: one `ID=..&Return=..&CMD=..` line for each.
    """
    results = []
    for line in body.decode("latin-1").splitlines():
        mark, _, rest = line.partition(":")
        identity, _, command = rest.partition(":")
        if mark == "C" and identity and command:
            code = 0 if command.startswith(OBEYED) else -1002
            results.append(f"ID={identity}&Return={code}&CMD={command.split()[0]}\n")
    return "".join(results).encode("latin-1")
