"""A real broker, database, services and edge for tests, fault drills and benchmarks, on free ports with own data.

with Stack.infrastructure(tmp_path) as stack:
    stack.bootstrap, stack.mongo_uri
    stack.kill9("mongod"); stack.start("mongod")
"""

from tests.stack.stack import Stack

__all__ = ["Stack"]
