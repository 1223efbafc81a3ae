"""What aiokafka 0.14 does not expect of uvloop: a write to a connection that was closed a moment ago.

asyncio's own transport lets it pass, uvloop raises RuntimeError. The library looks for OSError only, so the one task
of a client that renews its metadata ended without a word when a broker died in that moment, and whatever asked for
metadata afterwards (a consumer finding its group, a producer its partition) waited for ever.
"""

from functools import wraps
from typing import Any

from aiokafka.conn import AIOKafkaConnection, CloseReason
from aiokafka.errors import KafkaConnectionError

_send = AIOKafkaConnection.send


@wraps(_send)
def _send_or_say(self: AIOKafkaConnection, request: Any, expect_response: bool = True) -> Any:
    try:
        return _send(self, request, expect_response)
    except RuntimeError as closed:
        self.close(reason=CloseReason.CONNECTION_BROKEN)
        raise KafkaConnectionError(f"Connection at {self.host}:{self.port} broken: {closed}") from closed


def expect_closed_connections() -> None:
    """From now on such a write is a broken connection, as any other failure of one, and tried again. Idempotent."""
    AIOKafkaConnection.send = _send_or_say
