"""One sitting (`study`), and the desk at which a single card is asked, graded and recorded (`asking`).

Nothing is imported here: `due` counts decks through `overview` and must not pay for grading.
"""
