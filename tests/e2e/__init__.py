"""The product in a real browser: bytes in, screen out.

test_board.py runs against the whole system; everything else against a made-up city that web/dev/serve.mjs plays, so
that each state of a screen can be brought about at will.
"""
