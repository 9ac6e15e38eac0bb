"""Feeds, pages and files → `Article`: what was read, and what is known to be lost. The only place that fetches.

Fetching (`fetching`), reading bytes of whatever shape (`reading`, run in a child with limits by `extraction`), and the
sources a person names (`sources`). Whatever comes from outside is hostile: see each module's first lines.
"""
