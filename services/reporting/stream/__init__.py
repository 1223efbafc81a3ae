"""The live view: what the projector committed, pushed to browsers.

tail.py      one change stream per process over the view's feed, in a thread
ring.py      the recent past in steps, so that a reader can go on where it was
board.py     totals of the dates that somebody looks at
frames.py    what a step means for one question (unit, date)
hub.py       steps at most five a second, worked out once for all readers of a question
reader.py    one connection: a bounded queue and an answer that never ends
routes.py    GET /stream
"""
