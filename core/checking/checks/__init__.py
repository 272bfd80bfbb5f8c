"""One file a check (`check(case)` gives findings), and what some of them stand on: `bindings` (which figure belongs to
which name), `derived` (figures that follow from the source's), `proposals` (what an idea suggests is no claim),
`proper` (proper names), `tools` (what an idea may bring in)."""
