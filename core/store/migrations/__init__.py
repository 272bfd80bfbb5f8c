"""The schema's history, oldest first; each revision is a file in versions/.

They run on both databases (`render_as_batch`) and import nothing of ours, so that they stay what they were.
To add one: change tables.py, write versions/vNNNN_….py, name it here.
"""

REVISIONS = ("0001",)
"""Known here, so that an up-to-date database is recognised without loading Alembic (0.2 s)."""
