"""The garbage collector of a process that answers or folds: rare, and not over what lives for ever."""

import gc

THRESHOLDS = (200_000, 20, 20)


def settle() -> None:
    """Call once everything is loaded.

    A batch or a burst of requests makes 100,000 objects that reference counting frees anyway; walking them, and every
    module and cached terminal with them, took a tenth of a fold and held requests up for tens of milliseconds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
