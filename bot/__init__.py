"""AI Daily's bot: it knows chat and the clock and has never heard of papers (core/ has).

cli/         the commands of `python -m bot`; thin
settings.py  the only reader of the environment
app.py       build(settings): the only place that puts objects together
"""
