"""Our own exchange file: written and read one customer at a time.

Format, version 1: {"format": "crm-desktop", "version": 1, "articles": [...],
"customers": [...]}; later versions
of the program add keys and never rename these.
"""

FORMAT = "crm-desktop"
VERSION = 1
