"""Orders planted in a source: finding them, what they demand, and the sentences that obey."""
