"""What a Korean sentence and its English source say: numbers, units, nouns, names' spellings, words of both languages.
`source.py` prepares a reading once. Knows of no check."""
