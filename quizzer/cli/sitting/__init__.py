"""The daily session at a terminal: one conversation, and two faces through which a person takes part in it.

The conversation (what is said, what a command does) is the same for both. A face only reads: `lines` a typed line,
`inline` single keys and edited lines with prompt_toolkit. What either hands back is the text that a person would type
in the plain mode, so every feature is in both. `jsonl` is the third way into the same session, for programs.
"""
