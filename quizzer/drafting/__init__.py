"""Articles → draft questions: templates first, then recognisers, then (when configured) a language model.

Whatever proposes a draft, the same gates let it through: its words must stand in the article (`spans`), it must be a
question of the deck format, no deck may ask it already, and nobody may have rejected it.
"""
