"""AI Daily's core: it knows AI news and has never heard of Slack or Discord.

    collect → rank → choose → read → write → check → save │ render → deliver

Each stage takes the type before it and gives the type after it (core/model.py); that is all it knows.
Stages never import each other: `daily.py` alone knows their order, `bot/` alone knows render and send.

sources/    collect(): every source ends as items or as a stated failure         → Collected
ranking/    rank(): one event one place, best first, with reasons; no model       Collected → Picks
writing/    choose(): the model's listwise choice among the best                  Picks → 3–5 Picks
fulltext/   read(): the text an item is written from and checked against          Pick → Reading
writing/    write(): a Draft by the model, or in the source's own words (발췌)     Reading → Draft
checking/   check(): every sentence against its source; what fails is dropped     Draft → Story
store/      save(): the edition and all it was made from; the only SQL            Edition
render/     the edition as Markdown, as a page, as platform-free messages

Above the stages: memory/ what was told before, and what is new about it; telling.py one story (read, write, check,
drop), weekly/ the week (gathered, grouped, checked, kept), learning.py what votes and later picks teach the ranking,
daily.py the day, made at a desk.py (furnishing.py furnishes it), newsroom.py which edition stands for a day. Beside
the day: readingroom.py and expanding/ are one paper on request, searching.py what was told, correcting.py what is put
right.
Under all of them: model.py, items.py and week.py the nouns, house.py the installation's rules, errors.py the error
tree, listing.py what is listed below the stories, shortfall.py what a day went without, text.py cleaning and cutting,
particles.py what follows a word in Korean, refusals.py what the system refuses, web.py the only way to the web,
llm/ the only way to a language model.

Where does it go?  A new source: one file in sources/ and its line in `build_sources` (bot/app.py). A new
feed: one line in sources/feeds.py. A new check: one file in checking/checks/ and its line in `CHECKS`.
A new platform: one folder in bot/ (see bot/chat.py). A new command: see bot/commands/.
"""
