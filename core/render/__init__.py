"""How an edition looks to people; the last stage, which decides nothing about content.

message.py   Message: blocks of literal text that every platform, and a terminal, can translate
messages.py  an edition → root, one message per story, closing; the evidence behind a story
split.py     a Message that a platform's limits do not allow → several that they do, nothing lost
graphemes.py where a text may be cut at all
markdown.py  an edition → the page in Markdown (its grammar is a contract with other programs)
page.py      an edition → one HTML file, for a phone, a screen and paper; archive.py many as a small site
parts.py     an edition → its messages cut to a platform's limits, as many after a correction as before
weekly.py    a week's review in every form (weekly_page.py: HTML); chart.py its chart
escaping.py, shell.py   literal text in Markdown; what pages are made with
plain.py     a Message → plain text
phrases.py   text as readers see it, shared by all of them
colophon.py  what an edition says about itself: sources, gaps, making; the same words everywhere

Text from outside stays literal to the last moment: each form escapes it where it is written out.
"""
