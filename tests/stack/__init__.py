"""A real broker, database, services and edge for tests, fault drills and benchmarks, on free ports with own data.

with Stack.infrastructure(tmp_path) as stack:
    stack.bootstrap, stack.mongo_uri
    stack.kill9("mongod"); stack.start("mongod")

with Stack.whole(tmp_path, projector_processes=2) as stack:
    stack.edge, stack.device_port, stack.token, stack.base("projector-2")
    stack.kill9("devices"); stack.start("devices")
"""

from tests.stack.stack import Stack

__all__ = ["Stack"]
