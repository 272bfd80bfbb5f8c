"""AI Daily's bot: it knows chat and the clock and has never heard of papers (core/ has).

    plan → build → deliver        a person's Request → commands → Reply

app.py       the only place that puts objects together; settings.py the only reader of the environment
cli/         the commands of `python -m bot`; thin
running.py   `run`: one process until it is told to stop; posting.py is `post`; office.py puts their parts together
planning.py  who is due when, resting.py who is not · building.py makes what is due · delivery.py every step once, in
             order, at pace.py's pace · correcting.py what is out, written anew where it is
archive.py   editions as a small site, of files.py's files · tidying.py what nobody will ask for again
chat.py      what a chat platform is to us: slack/, discord/, terminal.py; linking.py an earlier story's address
commands/    what a person can ask, answered once for every platform
status.py, reported.py, health.py, operator.py, doctor.py   what an operator sees and is told
bench/       the figures that the project measures about itself; demo.py the sample day
"""
