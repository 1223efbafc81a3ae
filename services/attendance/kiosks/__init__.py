"""Kiosks: a screen at a site that shows a code which changes every half minute, as proof of being there."""
