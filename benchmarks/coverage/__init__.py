"""The coverage study: how often each estimator's interval holds the truth, on worlds whose truth is known.

`designs` are the worlds, `cases` real lists whose size is known, `study` runs replicates (resumable) and `tables`
counts what came out.
"""
