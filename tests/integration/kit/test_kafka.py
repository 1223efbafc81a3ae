"""A broker that dies in any moment leaves no client behind that waits for ever."""

import asyncio

import pytest
import uvloop
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaConnectionError
from aiokafka.protocol.metadata import MetadataRequest

import kit.kafka  # noqa: F401 - as every program of the product has it

pytestmark = pytest.mark.integration


async def test_a_write_to_a_connection_that_was_just_closed_is_a_broken_connection(kafka: str) -> None:
    """On the loop that the services run on, which refuses such a write with an error of its own."""

    async def scenario() -> None:
        client = AIOKafkaClient(bootstrap_servers=kafka)
        await client.bootstrap()
        try:
            connection = await client._get_conn(client.get_random_node())
            connection._read_task.cancel()  # it has not yet noticed
            connection._writer.transport.abort()
            await asyncio.sleep(0.05)
            with pytest.raises(KafkaConnectionError, match="broken"):
                await connection.send(MetadataRequest([]))
            # And the client goes on: its next look at the cluster is by a new connection.
            assert await asyncio.wait_for(client.force_metadata_update(), 10)
        finally:
            await client.close()

    await asyncio.to_thread(uvloop.run, scenario())
