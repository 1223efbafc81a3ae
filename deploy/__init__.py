"""How the parts are brought up: `local` on one machine without containers, `compose` and `helm` from images."""
