"""Who is asking, and whose data they may see (PRODUCT D4, DESIGN section 7).

A request carries an access token of the installation's OpenID issuer (`tokens.py`, its keys in `keys.py`). It says who
asks: a `Principal`. Each route declares which roles may ask and how far each of them sees (`requires.py`); how far is
worked out from the directory copy of the service that answers, on the day of asking (`reach.py`), and goes into the
query.
"""

from kit.access.principal import Principal, Role, Scope
from kit.access.reach import DirectoryCopy, Held, Reach
from kit.access.requires import Authority, Requires

__all__ = ["Authority", "DirectoryCopy", "Held", "Principal", "Reach", "Requires", "Role", "Scope"]
