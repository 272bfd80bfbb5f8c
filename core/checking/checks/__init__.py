"""One file a check (`check(case)` gives findings), and what some of them stand on: `arithmetic`, `derived` and `wholes`
(figures that follow from the source's), `slips` (a figure of the quote written wrong), `counts` (small counts, what is
listed), `proposals` (what an idea suggests is no claim), `beside` (the words around a figure), `bindings` (which
figure belongs to which name), `proper` (proper names), `tools` (what an idea may bring in)."""
