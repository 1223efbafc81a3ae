"""The embedded stack: a real broker, a real database, the edge and the services as child processes of one supervisor.

`python -m deploy.local run` is what `make run` calls.
"""
