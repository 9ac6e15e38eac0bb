"""The seccomp filter as `policy.assemble` makes it, for machines whose tables it was made with: saves a cold start.

The words are in policy.py; a test holds that these bytes say the same. After a change there, put here what
`base64.b64encode(zlib.compress(policy.assemble(), 9))` gives.
"""

from __future__ import annotations

FILTERS = {
    "x86_64": (
        "eNrt1btKA0EUgOGz2XW9RI0SFyNYrBi0swuoSCxsLMQbQbCLF0RUtBCCghAhrW9jIVjZKr6AaOnlMXRn5p+QgC5jn8DwcWYOw+zk"
        "7NlYRIJkRCJvZZGHWMwvktWmHvZiFvtxDMexD5+wB7sw9IyBjXGFeZ+4G3PMjxIPEueJR3AYX3Dbnpf8iHiA+A7XmI9xAousvxN/"
        "4CdOYhUfcR93scw+08T3eIoHeIyHeII1vMBzPMNLvMIdXMQ9LHGOZ+KCvQ97r/a+sY4NfMUF/LL1offdlIyOt2RIeyTL2obM6PUb"
        "mRXjHM7jbbKuasBLKiTUVfdd79gxTfWuqlFJxlJYVe+2alNt9aPqSeUU/pGXrPtexext+ll7fmte3jFvwzFvPSXvt3OKuO3rOeZl"
        "HPN8x7wwcHse0y90u9ex6ef6cyH2f2593mLKfsrsH041+4tc/wC5isAu"
    ),
}
"""Machine → program, compressed, in base 64."""
