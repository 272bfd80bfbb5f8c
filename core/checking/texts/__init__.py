"""What a Korean sentence and its English source say: numbers, units, nouns, names' spellings, words of both languages,
orders to who reads. `source.py` prepares a reading once. Knows of no check."""
