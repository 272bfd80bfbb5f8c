"""Orders planted in a source: a source without them, what they demand, and the sentences that obey."""
