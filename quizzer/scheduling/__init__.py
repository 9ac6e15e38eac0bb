"""When a card is asked again: pure functions from (state, grade, study day) to a new state."""
